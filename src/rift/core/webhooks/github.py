"""What happened at GitHub, as messages of a webhook."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from rift.core.unit import Unit
from rift.core.webhooks import executing, opening
from rift.core.webhooks.translating import address, cut, embed, unfolded
from rift.snowflake import Snowflake
from rift.wire.github import GithubEvent, GithubForm, GithubIssue
from rift.wire.webhooks import ExecuteWebhook, ServiceQuery

_NAME: Final = "GitHub"
_MOST_COMMITS: Final = 10
_SHORT: Final = 7
_LINE: Final = 72
_TEXT: Final = 500
_BRANCH: Final = "refs/heads/"
_GREEN, _RED, _GREY, _BLUE, _ORANGE, _VIOLET = (
    0x009800,
    0xB31D28,
    0x6A737D,
    0x4183C4,
    0xE99695,
    0x6F42C1,
)
_CONCLUSIONS: Final = MappingProxyType({"success": _GREEN, "failure": _RED, "timed_out": _RED})


class Told(NamedTuple):
    """What there is to say of an event."""

    title: str
    url: str | None = None
    text: str | None = None
    colour: int | None = None


Teller = Callable[[GithubEvent], Told | None]


async def execute(
    unit: Unit,
    webhook_id: Snowflake,
    webhook_token: str,
    query: ServiceQuery,
    body: GithubForm,
    event: str,
) -> None:
    """Say what happened, where it is worth it; the rest is taken and nothing is said."""
    row = await opening.held(unit, webhook_id, webhook_token)
    message = translated(event, unfolded(body.payload, body))
    if message is not None:
        await executing.relay(unit, row, query, message)


def translated(event: str, body: GithubEvent) -> ExecuteWebhook | None:
    """The event as a webhook's message."""
    tell = _TELLERS.get(event)
    told = None if tell is None else tell(body)
    if told is None:
        return None
    place = body.repository.full_name if body.repository else ""
    branch = f":{_branch(body)}" if event == "push" else ""
    prefix = f"[{place}{branch}] " if place else ""
    shown = embed(
        title=cut(prefix + told.title, 256),
        url=address(told.url),
        description=cut(told.text, 4096),
        color=told.colour,
        author=_author(body),
    )
    return ExecuteWebhook(username=_NAME, embeds=[shown])


def _author(body: GithubEvent) -> dict[str, str]:
    if body.sender is None or not body.sender.login:
        return {}
    links = {"url": address(body.sender.html_url), "icon_url": address(body.sender.avatar_url)}
    named = {"name": body.sender.login[:256]}
    return named | {name: url for name, url in links.items() if url}


def _branch(body: GithubEvent) -> str:
    return (body.ref or "").removeprefix(_BRANCH)


def _pushed(body: GithubEvent) -> Told | None:
    commits = body.commits or []
    if body.forced:
        return Told(f"Branch {_branch(body)} was force-pushed", body.compare, colour=_RED)
    if not commits:
        return None
    lines = [
        f"[`{one.id[:_SHORT]}`]({one.url}) {cut(one.message.partition(chr(10))[0], _LINE) or ''}"
        f" - {one.author.username or one.author.name}"
        for one in commits[:_MOST_COMMITS]
    ]
    words = f"{len(commits)} new commit{'s' * (len(commits) != 1)}"
    return Told(words, body.compare, "\n".join(lines), _BLUE)


def _created(body: GithubEvent) -> Told | None:
    return _of_ref(body, "created")


def _deleted(body: GithubEvent) -> Told | None:
    return _of_ref(body, "deleted")


def _of_ref(body: GithubEvent, what: str) -> Told | None:
    if not body.ref_type:
        return None
    named = f": {body.ref}" if body.ref else ""
    place = body.repository.html_url if body.repository else None
    return Told(f"{body.ref_type.capitalize()} {what}{named}", place)


def _forked(body: GithubEvent) -> Told | None:
    made = body.forkee
    return None if made is None else Told(f"Fork created: {made.full_name}", made.html_url)


def _published(body: GithubEvent) -> Told | None:
    place = body.repository
    return None if place is None else Told("Now open to everybody", place.html_url, colour=_GREEN)


def _starred(body: GithubEvent) -> Told | None:
    place = body.repository
    return None if place is None else Told("New star added", place.html_url)


def _joined(body: GithubEvent) -> Told | None:
    if body.member is None or body.action != "added":
        return None
    return Told(f"New collaborator added: {body.member.login}", body.member.html_url)


def _issue(body: GithubEvent) -> Told | None:
    return None if body.issue is None else _changed("Issue", body.issue, body.action, _ORANGE)


def _pull(body: GithubEvent) -> Told | None:
    one = body.pull_request
    if one is not None and body.action == "closed" and one.merged:
        return Told(f"Pull request merged: #{one.number} {one.title}", one.html_url, None, _VIOLET)
    return None if one is None else _changed("Pull request", one, body.action, _GREEN)


def _changed(kind: str, one: GithubIssue, action: str | None, colour: int) -> Told | None:
    if action not in {"opened", "closed", "reopened"}:
        return None
    text = cut(one.body, _TEXT) if action == "opened" else None
    title = f"{kind} {action}: #{one.number} {one.title}"
    return Told(title, one.html_url, text, _GREY if action == "closed" else colour)


def _commented(body: GithubEvent) -> Told | None:
    about = body.issue or body.pull_request
    if body.comment is None or about is None or body.action != "created":
        return None
    is_pull = body.pull_request is not None or about.pull_request is not None
    kind = "pull request" if is_pull else "issue"
    title = f"New comment on {kind} #{about.number}: {about.title}"
    return Told(title, body.comment.html_url, cut(body.comment.body, _TEXT))


def _commented_commit(body: GithubEvent) -> Told | None:
    if body.comment is None or body.action not in {None, "created"}:
        return None
    title = f"New comment on commit `{(body.comment.commit_id or '')[:_SHORT]}`"
    return Told(title, body.comment.html_url, cut(body.comment.body, _TEXT))


def _reviewed(body: GithubEvent) -> Told | None:
    review, about = body.review, body.pull_request
    if review is None or about is None or body.action != "submitted":
        return None
    said = review.state.lower().replace("_", " ")
    if said == "commented" and not review.body:
        return None  # its comments are told one by one
    title = f"Pull request review submitted ({said}): #{about.number} {about.title}"
    return Told(title, review.html_url, cut(review.body, _TEXT))


def _released(body: GithubEvent) -> Told | None:
    one = body.release
    if one is None or body.action != "published":
        return None
    named = one.name or one.tag_name
    return Told(f"New release published: {named}", one.html_url, cut(one.body, _TEXT), _GREEN)


def _checked(body: GithubEvent) -> Told | None:
    run = body.check_run
    if run is None or body.action != "completed" or run.conclusion is None:
        return None
    where = run.check_suite.head_branch or run.check_suite.head_sha[:_SHORT]
    text = run.output.title if run.output else None
    title = f"{run.name} {run.conclusion.replace('_', ' ')} on {where}"
    return Told(title, run.details_url or run.html_url, text, _CONCLUSIONS.get(run.conclusion))


def _checked_all(body: GithubEvent) -> Told | None:
    suite = body.check_suite
    if suite is None or body.action != "completed" or suite.conclusion is None:
        return None
    where = suite.head_branch or suite.head_sha[:_SHORT]
    title = f"{suite.app.name} checks {suite.conclusion.replace('_', ' ')} on {where}"
    place = body.repository.html_url if body.repository else ""
    url = f"{place}/commit/{suite.head_sha}"
    return Told(title, url, None, _CONCLUSIONS.get(suite.conclusion))


def _discussed(body: GithubEvent) -> Told | None:
    one = body.discussion
    if one is None or body.action not in {"created", "answered"}:
        return None
    if body.action == "answered":
        text = body.answer.body if body.answer else None
        title = f"Answer chosen in discussion #{one.number}: {one.title}"
        return Told(title, one.answer_html_url or one.html_url, cut(text, _TEXT), _GREEN)
    title = f"New discussion #{one.number}: {one.title}"
    return Told(title, one.html_url, cut(one.body, _TEXT), _VIOLET)


def _commented_discussion(body: GithubEvent) -> Told | None:
    if body.discussion is None or body.comment is None or body.action != "created":
        return None
    title = f"New comment on discussion #{body.discussion.number}: {body.discussion.title}"
    return Told(title, body.comment.html_url, cut(body.comment.body, _TEXT))


_TELLERS: Final[Mapping[str, Teller]] = MappingProxyType(
    {
        "push": _pushed,
        "create": _created,
        "delete": _deleted,
        "fork": _forked,
        "public": _published,
        "watch": _starred,
        "member": _joined,
        "issues": _issue,
        "pull_request": _pull,
        "issue_comment": _commented,
        "pull_request_review_comment": _commented,
        "commit_comment": _commented_commit,
        "pull_request_review": _reviewed,
        "release": _released,
        "check_run": _checked,
        "check_suite": _checked_all,
        "discussion": _discussed,
        "discussion_comment": _commented_discussion,
    }
)
"""The events that are told, as GitHub calls them."""
