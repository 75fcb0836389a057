"""files.*: uploading in three steps, and asking whether Slack has finished looking at the file."""

from typing import Any

from tests.fake_slack.errors import SlackError
from tests.fake_slack.methods.request import Method, Request
from tests.fake_slack.things import File


def get_upload_url(request: Request) -> dict[str, Any]:
    name, length = str(request.need("filename")), int(request.need("length"))
    if length <= 0:
        raise SlackError("invalid_arguments", ["length must be more than 0 [json-pointer:/length]"])
    file = File(request.state.new_id("F"), request.workspace.id, name, length, request.state.polls_until_ready)
    request.state.files[file.id] = file
    return {"file_id": file.id, "upload_url": f"{request.base_url}upload/{file.id}"}


def complete_upload(request: Request) -> dict[str, Any]:
    done = []
    for entry in request.need("files"):
        file = _file(request, entry["id"])
        if len(file.content) != file.length:
            raise SlackError("file_update_failed", [f"{file.id}: {len(file.content)} of {file.length} bytes came"])
        file.completed, file.title = True, entry.get("title") or file.name
        if request.args.get("channel_id"):
            file.channels.append(request.channel(str(request.args["channel_id"])).id)
        done.append({"id": file.id, "title": file.title})
    return {"files": done}


def info(request: Request) -> dict[str, Any]:
    """A file has no mimetype until Slack is done with it: that is what an uploader waits for."""
    file = _file(request, str(request.need("file")))
    ready = file.is_ready
    file.polls_left -= 1
    kind = "image/png" if file.name.endswith(".png") else "application/octet-stream"
    body = {"id": file.id, "name": file.name, "title": file.title, "size": file.length}
    return {"file": {**body, "mimetype": kind if ready else "", "channels": file.channels}}


def _file(request: Request, file_id: str) -> File:
    file = request.state.files.get(file_id)
    if file is None or file.team_id != request.workspace.id:
        raise SlackError("file_not_found")
    return file


METHODS = {
    "files.getUploadURLExternal": Method(get_upload_url, ("files:write",)),
    "files.completeUploadExternal": Method(complete_upload, ("files:write",)),
    "files.info": Method(info, ("files:read",)),
}
