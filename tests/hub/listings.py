"""What a dataset of the stand-in holds."""

import hashlib

from tests.hub.conftest import NAME


def digests(hub, name=NAME):
    return {path: hashlib.sha256(blob.data).hexdigest() for path, blob in hub.files(name).items()}


def rows_on_hub(hub, tmp_path, configuration):
    for path, blob in sorted(hub.files(NAME).items()):
        if path.startswith(f"corpus/{configuration}-"):
            file = tmp_path / "one.parquet"
            file.write_bytes(blob.data)
            yield file
