"""The S3 store: small objects, large files, and every error turned into a sentence."""

import hashlib
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectTimeoutError,
    EndpointConnectionError,
    ReadTimeoutError,
    SSLError,
)

from mangetamain_data_utils.exceptions import StoreRefused, VersionRefused
from mangetamain_data_utils.publishing.settings import StoreSettings

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

CONNECT_TIMEOUT_SECONDS = 3.0
READ_TIMEOUT_SECONDS = 10.0
PART_BYTES = 20_000_000  # two of Garage's blocks; a file above it goes in parts, in parallel
_THREADS = 4
_READ_BYTES = 1 << 20
_SMALL_BYTES = 1 << 16  # no pointer, record or claim is nearly as large
_MISSING = ("NoSuchKey", "404")
_ABANDONED_AFTER = timedelta(hours=24)  # no upload lasts as long

Progress = Callable[[int], object]


@dataclass(frozen=True)
class Item:
    """One object of a listing."""

    key: str
    size: int
    age: timedelta  # by the store's clock alone: ours may be wrong


class Store:
    """One bucket, as the publisher uses it.

    Every method raises StoreRefused when the store cannot be reached or refuses.
    """

    def __init__(self, settings: StoreSettings) -> None:
        self.settings = settings
        self.bucket = settings.bucket
        with _explained(settings):
            self._client: S3Client = boto3.client(
                "s3",
                endpoint_url=settings.endpoint,
                region_name=settings.region,
                aws_access_key_id=settings.access_key_id,
                aws_secret_access_key=settings.secret_access_key,
                config=Config(
                    connect_timeout=CONNECT_TIMEOUT_SECONDS,
                    read_timeout=READ_TIMEOUT_SECONDS,
                    retries={"total_max_attempts": 2, "mode": "standard"},
                    s3={"addressing_style": "path"},
                    # Files are checked by sha256; rclone's 304 breaks botocore's own checks.
                    request_checksum_calculation="when_required",
                    response_checksum_validation="when_required",
                ),
            )

    def get(self, key: str) -> bytes | None:
        """Return a small object, or None when there is none.

        Raises:
            VersionRefused: the object is too large to be one of ours.
        """
        with _explained(self.settings, key):
            try:
                answer = self._client.get_object(Bucket=self.bucket, Key=key)
            except ClientError as error:
                if _code(error) in _MISSING:
                    return None
                raise
            with answer["Body"] as body:
                raw = body.read(_SMALL_BYTES + 1)
        if len(raw) > _SMALL_BYTES:
            raise VersionRefused(f"{key}: is larger than {_SMALL_BYTES:,} bytes")
        return raw

    def put(self, key: str, raw: bytes) -> None:
        """Write a small JSON object."""
        with _explained(self.settings, key):
            self._client.put_object(
                Bucket=self.bucket, Key=key, Body=raw, ContentType="application/json"
            )

    def list(self, prefix: str) -> list[Item]:
        """Return the objects whose keys begin so, in the order of their keys."""
        with _explained(self.settings, prefix):
            pages = self._client.get_paginator("list_objects_v2").paginate(
                Bucket=self.bucket, Prefix=prefix
            )
            return [
                Item(item["Key"], item["Size"], _clock(page) - item["LastModified"])
                for page in pages
                for item in page.get("Contents", [])
            ]

    def size(self, key: str) -> int | None:
        """Return the size of an object in bytes, or None when there is none."""
        return next((item.size for item in self.list(key) if item.key == key), None)

    def delete(self, keys: Iterable[str]) -> None:
        """Delete objects; those that are gone already do not matter."""
        remaining = list(keys)
        while remaining:
            batch, remaining = remaining[:1000], remaining[1000:]  # S3 takes no more at once
            with _explained(self.settings, batch[0]):
                answer = self._client.delete_objects(
                    Bucket=self.bucket, Delete={"Objects": [{"Key": key} for key in batch]}
                )
            for refusal in answer.get("Errors", []):
                if refusal.get("Code") in _MISSING:  # Garage tells what S3 passes over
                    continue
                raise StoreRefused(
                    f"{self.settings}: {refusal.get('Key')} cannot be deleted: "
                    f"{refusal.get('Message')}"
                )

    def upload(self, path: Path, key: str, progress: Progress) -> None:
        """Write a file; it appears under its key when all of it is there."""
        config = TransferConfig(
            multipart_threshold=PART_BYTES,
            multipart_chunksize=PART_BYTES,
            max_concurrency=_THREADS,
        )
        with path.open("rb") as file, _explained(self.settings, key):
            self._client.upload_fileobj(
                file, self.bucket, key, Callback=_one_at_a_time(progress), Config=config
            )

    def chunks(self, key: str) -> Iterator[bytes]:
        """Yield the bytes of an object.

        Raises:
            VersionRefused: there is no such object.
        """
        with _explained(self.settings, key):
            try:
                answer = self._client.get_object(Bucket=self.bucket, Key=key)
            except ClientError as error:
                if _code(error) in _MISSING:
                    raise VersionRefused(f"{key}: is not in {self.settings}") from error
                raise
            with answer["Body"] as body:
                yield from iter(lambda: body.read(_READ_BYTES), b"")

    def sha256(self, key: str, progress: Progress) -> str:
        """Return the hash of an object, of the bytes that the store gives back."""
        digest = hashlib.sha256()
        for chunk in self.chunks(key):
            digest.update(chunk)
            progress(len(chunk))
        return digest.hexdigest()

    def abort_abandoned_uploads(self, prefix: str) -> int:
        """Free the parts of uploads that were begun a day ago and never ended; return how many."""
        with _explained(self.settings, prefix):
            try:
                answer = self._client.list_multipart_uploads(Bucket=self.bucket, Prefix=prefix)
            except ClientError as error:
                if _code(error) == "NoSuchUpload":  # rclone, when there are none
                    return 0
                raise
            begun = answer.get("Uploads", [])
            abandoned = [
                upload
                for upload in begun
                if _clock(answer) - upload["Initiated"] > _ABANDONED_AFTER
            ]
            for upload in abandoned:
                self._client.abort_multipart_upload(
                    Bucket=self.bucket, Key=upload["Key"], UploadId=upload["UploadId"]
                )
        return len(abandoned)


def _clock(answer: Any) -> datetime:  # every answer of S3 has a type of its own
    return parsedate_to_datetime(answer["ResponseMetadata"]["HTTPHeaders"]["date"])


def _one_at_a_time(progress: Progress) -> Callable[[int], None]:
    lock = threading.Lock()

    def report(n_bytes: int) -> None:
        with lock:
            progress(n_bytes)

    return report


def _code(error: ClientError) -> str:
    return str(error.response.get("Error", {}).get("Code", ""))


@contextmanager
def _explained(settings: StoreSettings, key: str | None = None) -> Iterator[None]:
    """Turn what boto3 raises into a sentence that names what to look at, and hides secrets."""
    try:
        yield
    except ClientError as error:
        reason = _refusal(settings, error)
    except (EndpointConnectionError, ConnectTimeoutError, ReadTimeoutError, SSLError) as error:
        reason = f"cannot be reached ({_kind(error)}): {_REACH}"
    except BotoCoreError as error:
        reason = f"the connection broke ({_kind(error)}: {error}): run the command again"
    else:
        return
    about = f", {key}" if key else ""
    # From None: what boto3 says may quote the request.
    raise StoreRefused(_without_secrets(settings, f"{settings}{about}: {reason}")) from None


_REACH = "check AWS_ENDPOINT_URL_S3, the network, and that the store runs"


def _kind(error: Exception) -> str:
    return {
        EndpointConnectionError: "connection refused, or no such host",
        ConnectTimeoutError: "no answer in time",
        ReadTimeoutError: "no answer in time",
        SSLError: "its TLS certificate is not accepted",
    }.get(type(error), type(error).__name__)


def _refusal(settings: StoreSettings, error: ClientError) -> str:
    code = _code(error)
    message = error.response.get("Error", {}).get("Message") or ""
    said = f"{code}: {message}" if message else code
    if code == "NoSuchBucket":
        return "no such bucket: check MANGETAMAIN_BUCKET, or run 70_scripts/bootstrap_garage"
    if "Date is too old" in message or "server's time" in message:
        return f"refused ({said}): the clock of this machine is wrong, set it"
    if code in ("InvalidAccessKeyId", "SignatureDoesNotMatch") or (
        code == "AccessDenied" and ("No such key" in message or "signature" in message)
    ):
        return (
            f"the access key of {settings.key_source} is not accepted ({said}): check "
            "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or the profile"
        )
    if code in ("AccessDenied", "403"):
        return (
            f"the access key of {settings.key_source} may not do this ({said}): the "
            "publisher's key may, profile [s3fast-publisher]"
        )
    if code == "AuthorizationHeaderMalformed":
        return f"refused ({said}): check AWS_REGION={settings.region}"
    if code in ("InternalError", "ServiceUnavailable", "SlowDown", "InsufficientStorage"):
        return f"the store is in trouble ({said}): look at its log and at its free disk space"
    if code.isdecimal():  # S3 errors have names: this answer came from something else
        return f"does not answer as S3 does ({said}): check AWS_ENDPOINT_URL_S3"
    return f"refused ({said})"


def _without_secrets(settings: StoreSettings, text: str) -> str:
    for secret in (settings.secret_access_key, settings.access_key_id):
        text = text.replace(secret, "***")
    return text
