"""Who may speak with a cluster, and what has no part in it: threads, and runs on one machine."""

import asyncio
import datetime
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from flows.settings import read_settings
from flows.version import extractor
from tasks.pages.limits import DEFAULT_LIMITS
from tasks.planning.batches import PageBatch
from tasks.sources.page import PageRef
from tasks.workers.cluster.access import ClusterAccess, TlsFiles
from tasks.workers.cluster.build import Build
from tasks.workers.cluster.client import Cluster
from tasks.workers.cluster.dask import identity, security_of
from tasks.workers.cluster.head import Head
from tasks.workers.cluster.join import refuse_other
from tasks.workers.dissect_batch import dissect_batch
from tasks.workers.order import WorkOrder
from tests.conftest import ROOT
from warehouse.errors import ClusterUnusable, SettingsInvalid

BUILD = Build.here(extractor())
NOW = datetime.datetime.now(datetime.UTC)
LOADED_BY_ONE_MACHINE = """
import sys
import flows.ingest_pages, flows.harvest_sources, flows.reprocess_pages, tasks.workers.finish_batch
print([name for name in ("dask", "distributed") if name in sys.modules])
"""


def certified(folder: Path, authority: str) -> TlsFiles:
    """A certificate of an authority made for it."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, authority)])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(x509.random_serial_number()).not_valid_before(NOW).not_valid_after(NOW + datetime.timedelta(days=1))
    certificate = made.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True).sign(key, hashes.SHA256())
    files = TlsFiles(folder / f"{authority}.pem", folder / f"{authority}.pem", folder / f"{authority}.key")
    files.cert.write_bytes(certificate.public_bytes(Encoding.PEM))
    files.key.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return files


def test_only_who_has_a_certificate_of_the_authority_may_speak_with_the_head(tmp_path: Path):
    ours, others = certified(tmp_path, "ours"), certified(tmp_path, "others")

    async def tried() -> None:
        security = security_of(ClusterAccess("tls://", ours))
        options = {"host": "127.0.0.1", "port": 0, "dashboard": False, "dashboard_address": "127.0.0.1:0"}
        async with Head(BUILD, protocol="tls", security=security, **options) as head:
            assert head.address.startswith("tls://")
            assert (await identity(ClusterAccess(head.address, ours)))["address"] == head.address
            for strange in (ClusterAccess(head.address, others), ClusterAccess(head.address.replace("tls", "tcp"))):
                with pytest.raises((OSError, TimeoutError)):
                    await asyncio.wait_for(identity(replace(strange, connect_seconds=2)), 20)

    asyncio.run(tried())


@pytest.mark.parametrize("given", [{"cluster": "tls://head:8786"}, {"cluster": "tcp://head:8786", "cluster_ca": "ca.pem"}])
def test_half_of_tls_is_refused(given: dict[str, str]):
    with pytest.raises(SettingsInvalid, match="BROADSHEET_CLUSTER_CA"):
        read_settings(**given).cluster_access()


def test_a_head_of_another_build_is_told_with_what_differs():
    other = replace(BUILD, python="3.9.1", libraries=BUILD.libraries | {"polars": "0.1"})
    with pytest.raises(ClusterUnusable, match=r"Python 3\.9\.1 and not .*, polars 0\.1 and not"):
        refuse_other({"broadsheet": other.as_dict()}, ClusterAccess("tcp://head:1"), BUILD, "run")
    assert other.name != BUILD.name


def test_no_head_is_told_and_leaves_nothing(tmp_path: Path):
    order = WorkOrder(tmp_path / "home", 20.0, DEFAULT_LIMITS, extractor())
    cluster = Cluster(ClusterAccess("tcp://127.0.0.1:9", connect_seconds=1), order, BUILD, print)
    with pytest.raises(ClusterUnusable, match="broadsheet cluster head"), cluster:
        pass
    assert not list((tmp_path / "home").rglob(".shared-*"))


def test_pages_are_not_read_in_a_thread_where_no_deadline_holds(tmp_path: Path):
    batch = PageBatch("a" * 16, 1, (PageRef("html_folder", str(tmp_path / "gone.html"), "gone.html"),), ())
    with ThreadPoolExecutor(1) as thread:
        done = thread.submit(dissect_batch, batch, WorkOrder(tmp_path, 20.0, DEFAULT_LIMITS, extractor()))
        assert isinstance(done.exception(), RuntimeError)
    assert dissect_batch(batch, WorkOrder(tmp_path, 20.0, DEFAULT_LIMITS, extractor())).outcomes[0].reason == "no_such_file"


def test_one_machine_loads_nothing_of_a_cluster():
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("BROADSHEET_", "PREFECT_"))}
    done = subprocess.run(
        [sys.executable, "-c", LOADED_BY_ONE_MACHINE], env=kept, cwd=ROOT, capture_output=True, text=True, timeout=120, check=True
    )
    assert done.stdout.strip() == "[]"
