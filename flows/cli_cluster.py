"""The commands of a cluster: several machines for one run."""

from pathlib import Path
from typing import Any

import click

from flows.command_line import AS_JSON, LocalPath, run_command

DEFAULT_PORT = 8786  # Dask's own
PEM = LocalPath(dir_okay=False, exists=True, path_type=Path)
TLS = (
    click.option("--tls-ca", "cluster_ca", type=PEM, help="Certificate of your authority [env: BROADSHEET_CLUSTER_CA]."),
    click.option("--tls-cert", "cluster_cert", type=PEM, help="Certificate of this machine [env: BROADSHEET_CLUSTER_CERT]."),
    click.option("--tls-key", "cluster_key", type=PEM, help="Its key [env: BROADSHEET_CLUSTER_KEY]."),
)


def tls(command: Any) -> Any:
    """The three options that any command of a cluster has."""
    for option in reversed(TLS):
        command = option(command)
    return command


@click.group("cluster", short_help="More machines for a run: its head, machines that join it, and how it stands.")
def cluster() -> None:
    """A cluster carries the batches of `ingest`, `harvest` and `reprocess` wherever BROADSHEET_CLUSTER names its head. Needs the extra
    cluster: `pip install 'broadsheet[cluster]'`. docs/scale.md tells what machines share, and how to be safe.

    \b
    Examples
      broadsheet cluster head --host 10.0.0.1 --tls-ca ca.pem --tls-cert head.pem --tls-key head.key
      broadsheet cluster join tls://10.0.0.1:8786
      BROADSHEET_CLUSTER=tls://10.0.0.1:8786 broadsheet ingest /shared/crawl --home /shared/news
    """


@cluster.command(short_help="The head, which hands batches to machines. One of a cluster.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at; another one only with TLS.")
@click.option("--port", type=click.IntRange(0, 65535), default=DEFAULT_PORT, show_default=True, help="Port; 0 for any that is free.")
@tls
def head(**options: Any) -> None:
    """Serve until Ctrl-C. Whoever reaches the port can have this machine and all that join run what they like: listen at loopback, or
    give the three files of TLS, which let in who has a certificate of your authority, and nobody else.

    \b
    Examples
      broadsheet cluster head
      broadsheet cluster head --host 10.0.0.1 --tls-ca ca.pem --tls-cert head.pem --tls-key head.key

    \b
    Exit codes
      0 ended by Ctrl-C    2 wrong options, no extra, or the port is taken
    """
    run_command("cluster_head", **options)


@cluster.command(short_help="Let this machine work for a cluster.")
@click.argument("address", metavar="ADDRESS")
@click.option("--workers", type=click.IntRange(1, 256), help="Worker processes [default: one per core].")
@click.option("--memory", "megabytes", type=click.IntRange(256), help="Megabytes for all: fewer workers where pages may need it.")
@click.option("--host", help="Address of this machine that the others reach it at [default: the one that leads to the head].")
@tls
def join(**options: Any) -> None:
    """Work for the cluster whose head is at ADDRESS, until Ctrl-C, which gives what is under way to other machines. Inputs and home must be
    there under the same paths as where the run is started, the home to be written; a machine that does not see them is left out. One that
    runs another version of anything that decides is refused. Ends with code 20 when the head is gone: have systemd start it again.

    \b
    Examples
      broadsheet cluster join tcp://127.0.0.1:8786 --workers 4
      broadsheet cluster join tls://10.0.0.1:8786 --tls-ca ca.pem --tls-cert b.pem --tls-key b.key

    \b
    Exit codes
      0 left by Ctrl-C    2 wrong options, or no extra    20 no head, another build there, or the head is gone
    """
    run_command("cluster_join", **options)


@cluster.command(short_help="The machines of a cluster, and what they do.")
@click.argument("address", metavar="[ADDRESS]", required=False)
@tls
@AS_JSON
def status(**options: Any) -> None:
    """The head at ADDRESS, or of BROADSHEET_CLUSTER, with its machines: workers, batches under way and waiting, build.

    \b
    Examples
      broadsheet cluster status tcp://127.0.0.1:8786
      broadsheet cluster status --json

    \b
    Exit codes
      0 machines are there    1 none is    2 wrong options, or no extra    20 no head
    """
    run_command("cluster_status", **options)
