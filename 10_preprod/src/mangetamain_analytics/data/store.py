"""The S3 store that holds the published data: what is asked of it, and its errors in words."""

import time
from dataclasses import dataclass
from functools import partial
from typing import IO, Any

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
from botocore.parsers import ResponseParserError
from loguru import logger
from s3transfer.exceptions import RetriesExceededError
from s3transfer.futures import TransferFuture
from s3transfer.manager import TransferManager
from s3transfer.subscribers import BaseSubscriber

from mangetamain_analytics.exceptions import DataUnavailableError
from mangetamain_analytics.utils.store_access import StoreAccess

# The defaults, 60 s and five attempts, would keep a start waiting for ten minutes.
CONNECT_SECONDS, READ_SECONDS, ATTEMPTS = 3.0, 10.0, 2

# Garage reads a whole block of 10 MB for any part of it: parts of 4 MB took twice as long.
PART_BYTES, PARTS_AT_ONCE = 10_000_000, 4

# A pointer has some 600 bytes; whatever is there instead of it is not read whole.
LONGEST_POINTER = 64 * 2**10

PROGRESS_SECONDS = 2.0

MEGABYTE = 1e6


@dataclass(frozen=True)
class Answer:
    """A small object, and the tag by which the store knows these very bytes."""

    body: bytes
    etag: str


class Store:
    """Reads from one bucket; every failure is a ``DataUnavailableError`` that names the object."""

    def __init__(self, access: StoreAccess) -> None:
        self._access = access
        self._client = boto3.client(
            "s3",
            endpoint_url=access.endpoint,
            region_name=access.region,
            aws_access_key_id=access.access_key_id,
            aws_secret_access_key=access.secret_access_key,
            config=Config(
                s3={"addressing_style": "path"},
                connect_timeout=CONNECT_SECONDS,
                read_timeout=READ_SECONDS,
                retries={"total_max_attempts": ATTEMPTS, "mode": "standard"},
                max_pool_connections=PARTS_AT_ONCE,
                # We compare the sha256 of the whole; and rclone's 304 breaks the other choice.
                response_checksum_validation="when_required",
            ),
        )
        self._client.meta.events.register("needs-retry.s3", self._tell_wrong_region)

    @property
    def address(self) -> str:
        """Endpoint and bucket."""
        return self._access.address

    def read(self, key: str, unless: str | None = None) -> Answer | None:
        """Return a small object, or None if it still has the tag ``unless``.

        Raises:
            DataUnavailableError: It cannot be had; the reason is for a maintainer.
        """
        get = partial(self._client.get_object, Bucket=self._access.bucket, Key=key)
        try:
            answer = get() if unless is None else get(IfNoneMatch=unless)
            with answer["Body"] as stream:
                return Answer(stream.read(LONGEST_POINTER), answer["ETag"])
        except ClientError as error:
            if _status(error) == 304:
                return None
            raise self._unavailable(key, error) from error
        except (BotoCoreError, ResponseParserError) as error:
            raise self._unavailable(key, error) from error

    def download(self, key: str, size: int, file: IO[Any]) -> None:
        """Write the object into ``file``, in parts that come at the same time.

        Raises:
            DataUnavailableError: It cannot be had; the reason is for a maintainer.
            OSError: The file cannot be written.
        """
        config = TransferConfig(
            multipart_threshold=PART_BYTES,
            multipart_chunksize=PART_BYTES,
            max_concurrency=PARTS_AT_ONCE,
            num_download_attempts=ATTEMPTS,
        )
        try:
            with TransferManager(self._client, config) as transfers:
                transfers.download(
                    self._access.bucket, key, file, subscribers=[_Progress(key, size)]
                ).result()
        except RetriesExceededError as error:
            raise self._unavailable(key, error.last_exception) from error
        except (ClientError, BotoCoreError, ResponseParserError) as error:
            raise self._unavailable(key, error) from error

    def _unavailable(self, key: str, error: BaseException) -> DataUnavailableError:
        words = _refusal(error, self._access) if isinstance(error, ClientError) else _silence(error)
        return DataUnavailableError(f"{self.address}/{key}", words)

    def _tell_wrong_region(self, response: tuple[Any, Any] | None, **_: object) -> None:
        """The client signs again for the region that the store names; somebody has to know."""
        error = response[1].get("Error", {}) if response else {}
        if error.get("Code") == "AuthorizationHeaderMalformed" and error.get("Region"):
            logger.warning(
                "AWS_REGION={!r} is not the region of {}: it is {!r}",
                self._access.region,
                self.address,
                error["Region"],
            )


def _status(error: ClientError) -> int:
    return error.response["ResponseMetadata"]["HTTPStatusCode"]


def _refusal(error: ClientError, access: StoreAccess) -> str:
    """Say what the store refused; its own words would quote the key."""
    code, message = error.response["Error"]["Code"], error.response["Error"].get("Message", "")
    known = {
        "NoSuchBucket": f"the store has no bucket {access.bucket!r}; see MANGETAMAIN_BUCKET",
        "NoSuchKey": "the bucket holds no such object",
        "InvalidAccessKeyId": "the store does not know this access key; see AWS_ACCESS_KEY_ID",
        "SignatureDoesNotMatch": "the secret of the access key is wrong; see AWS_SECRET_ACCESS_KEY",
        "AccessDenied": f"this access key may not read the bucket {access.bucket!r}",
        "RequestTimeTooSkewed": "the clock of this machine and that of the store disagree",
        "AuthorizationHeaderMalformed": f"{access.region!r} is not its region; see AWS_REGION",
    }
    told = known.get(_told_otherwise(message) or code)
    if not told and code.isdigit():  # the status: the answer named no code
        return f"status {code}, and no word of an S3 store"
    return told or f"the store refused with status {_status(error)}, code {code!r}"


def _told_otherwise(message: str) -> str | None:
    """Give the code of AWS where Garage and rclone have only AccessDenied or InvalidRequest."""
    sayings = {
        "No such key": "InvalidAccessKeyId",
        "Invalid signature": "SignatureDoesNotMatch",
        "Date is too old": "RequestTimeTooSkewed",
        "difference between the request time": "RequestTimeTooSkewed",
    }
    return next((code for words, code in sayings.items() if words in message), None)


def _silence(error: BaseException) -> str:
    """Say how the connection failed."""
    if isinstance(error, ConnectTimeoutError):
        return f"the store does not answer: no connection within {CONNECT_SECONDS:g} s"
    if isinstance(error, EndpointConnectionError):
        return "the store does not answer: the connection is refused or the name is unknown"
    if isinstance(error, ReadTimeoutError):
        return f"the store does not answer: nothing within {READ_SECONDS:g} s"
    if isinstance(error, SSLError):
        return "the store does not speak TLS as https:// promises, or its certificate is not valid"
    return f"the connection broke: {type(error).__name__}"


class _Progress(BaseSubscriber):
    """Tells the transfer the size, and the log how far it has come."""

    def __init__(self, key: str, size: int) -> None:
        self._key, self._size, self._done = key, size, 0
        self._started = self._told = time.monotonic()

    def on_queued(self, future: TransferFuture, **_: object) -> None:
        # Without it one more request would ask for the size.
        future.meta.provide_transfer_size(self._size)

    def on_progress(self, future: TransferFuture, bytes_transferred: int, **_: object) -> None:
        self._done += bytes_transferred
        now = time.monotonic()
        if now - self._told >= PROGRESS_SECONDS or self._done == self._size:
            self._told = now
            logger.info(
                "{}: {:.1f} of {:.1f} MB, {:.0f} MB/s",
                self._key,
                self._done / MEGABYTE,
                self._size / MEGABYTE,
                self._done / MEGABYTE / max(now - self._started, 1e-3),
            )
