"""A reader in a process of its own, with Quack from its wheels: asks what its arguments say, and prints rows or the error as JSON.

python remote_reader.py PORT TOKEN STATEMENT…
"""

import json
import sys

import duckdb
import duckdb_extensions


def main(port: str, token: str, *statements: str) -> None:
    """A line for each statement: {"rows": …} or {"error": …}. One that begins with `local:` is run in the reader itself."""
    with duckdb.connect(":memory:") as con:
        for name in ("httpfs", "quack"):
            duckdb_extensions.import_extension(name, con=con)
            con.load_extension(name)
        con.execute(f"CREATE SECRET (TYPE quack, TOKEN '{token}')")
        for statement in statements:
            asked = f"FROM quack_query('quack:127.0.0.1:{port}', $$${statement}$$$, token = '{token}')".replace("$$$", "$asked$")
            try:
                told = {"rows": con.execute(statement.removeprefix("local:") if statement.startswith("local:") else asked).fetchall()}
            except duckdb.Error as error:
                told = {"error": str(error)}
            print(json.dumps(told, default=str), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
