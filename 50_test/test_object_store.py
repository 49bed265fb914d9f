"""The S3 servers that the other tests rely on, and the script that makes Garage ready."""

import configparser
import stat

import pytest
from botocore.exceptions import ClientError


def test_what_the_publisher_puts_the_site_reads(store) -> None:
    store.client().put_object(Bucket=store.bucket, Key="data/x", Body=b"same bytes")
    got = store.client(store.site).get_object(Bucket=store.bucket, Key="data/x")
    assert got["Body"].read() == b"same bytes"
    assert store.keys() == ["data/x"]


def test_objects_survive_an_outage(store) -> None:
    store.client().put_object(Bucket=store.bucket, Key="kept", Body=b"1")
    store.stop()
    with pytest.raises(Exception, match="Could not connect"):
        store.keys()
    store.start()
    assert store.keys() == ["kept"]


def test_the_key_of_the_site_cannot_write_to_garage(garage) -> None:
    site = garage.client(garage.site)
    with pytest.raises(ClientError, match="AccessDenied"):
        site.put_object(Bucket=garage.bucket, Key="x", Body=b"")
    with pytest.raises(ClientError, match="AccessDenied"):
        site.delete_object(Bucket=garage.bucket, Key="x")


def test_bootstrap_run_again_changes_nothing(garage) -> None:
    before = garage.credentials_file.read_text()
    done = garage.bootstrap()
    assert done.returncode == 0, done.stderr
    assert garage.credentials_file.read_text() == before
    assert "created" not in done.stdout


def test_bootstrap_writes_credentials_for_their_owner_alone(garage) -> None:
    assert stat.S_IMODE(garage.credentials_file.stat().st_mode) == 0o600
    profiles = configparser.ConfigParser()
    profiles.read(garage.credentials_file)
    assert profiles.sections() == ["s3fast", "s3fast-publisher"]
    assert profiles["s3fast"]["endpoint_url"] == garage.endpoint
    assert profiles["s3fast"]["region"] == garage.region


def test_bootstrap_prints_no_secret(garage) -> None:
    done = garage.bootstrap()
    for key in (garage.site, garage.publisher):
        assert key.secret_access_key not in done.stdout + done.stderr


def test_bootstrap_takes_back_a_permission_that_a_key_should_not_have(garage, tmp_path) -> None:
    garage.run("bucket", "allow", "--write", "--owner", garage.bucket, "--key", "mangetamain-site")
    garage.bootstrap()
    with pytest.raises(ClientError, match="AccessDenied"):
        garage.client(garage.site).put_object(Bucket=garage.bucket, Key="x", Body=b"")


def test_bootstrap_keeps_the_other_profiles_of_the_file(garage, tmp_path) -> None:
    other = tmp_path / "credentials"
    other.write_text("[elsewhere]\naws_access_key_id = kept\n")
    done = garage.bootstrap("--credentials", other)
    assert done.returncode == 0, done.stderr
    profiles = configparser.ConfigParser()
    profiles.read(other)
    assert profiles.sections() == ["elsewhere", "s3fast", "s3fast-publisher"]
    assert profiles["elsewhere"]["aws_access_key_id"] == "kept"
    assert stat.S_IMODE(other.stat().st_mode) == 0o600


def test_bootstrap_does_not_overwrite_another_key_unless_told(garage, tmp_path) -> None:
    other = tmp_path / "credentials"
    other.write_text("[s3fast]\naws_access_key_id = GKother\naws_secret_access_key = precious\n")
    done = garage.bootstrap("--credentials", other)
    assert done.returncode == 1
    assert "profile [s3fast] holds the key GKother" in done.stderr
    assert "precious" in other.read_text()
    assert garage.bootstrap("--credentials", other, "--replace").returncode == 0
    assert "precious" not in other.read_text()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["credentials"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--what", "x"], "--what: unknown option"),
        (["--bucket"], "--bucket: unknown option, or its value is missing"),
    ],
)
def test_bootstrap_names_a_wrong_option(garage, options, message) -> None:
    done = garage.bootstrap(*options)
    assert done.returncode == 1
    assert message in done.stderr
