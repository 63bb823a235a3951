"""Events of repositories, as GitHub's webhooks tell of them: what is shown of each."""

from msgspec import Struct

from rift.wire.limits import Json


class GithubUser(Struct, frozen=True, kw_only=True):
    login: str = ""
    html_url: str = ""
    avatar_url: str = ""


class GithubRepository(Struct, frozen=True, kw_only=True):
    html_url: str = ""
    name: str = ""
    full_name: str = ""


class GithubIssue(Struct, frozen=True, kw_only=True):
    """An issue, or a pull request."""

    number: int = 0
    html_url: str = ""
    title: str = ""
    body: str | None = None
    merged: bool | None = None
    pull_request: Json | None = None


class GithubComment(Struct, frozen=True, kw_only=True):
    html_url: str = ""
    body: str | None = None
    commit_id: str | None = None


class GithubRelease(Struct, frozen=True, kw_only=True):
    tag_name: str = ""
    name: str | None = None
    html_url: str = ""
    body: str | None = None


class GithubAuthor(Struct, frozen=True, kw_only=True):
    name: str = ""
    username: str | None = None


class GithubCommit(Struct, frozen=True, kw_only=True):
    id: str = ""
    url: str = ""
    message: str = ""
    author: GithubAuthor = GithubAuthor()


class GithubReview(Struct, frozen=True, kw_only=True):
    html_url: str = ""
    body: str | None = None
    state: str = ""


class GithubApp(Struct, frozen=True, kw_only=True):
    name: str = ""


class GithubCheckSuite(Struct, frozen=True, kw_only=True):
    conclusion: str | None = None
    head_branch: str | None = None
    head_sha: str = ""
    app: GithubApp = GithubApp()


class GithubCheckOutput(Struct, frozen=True, kw_only=True):
    title: str | None = None
    summary: str | None = None


class GithubCheckRun(Struct, frozen=True, kw_only=True):
    conclusion: str | None = None
    name: str = ""
    html_url: str = ""
    details_url: str | None = None
    check_suite: GithubCheckSuite = GithubCheckSuite()
    output: GithubCheckOutput | None = None


class GithubDiscussion(Struct, frozen=True, kw_only=True):
    title: str = ""
    number: int = 0
    html_url: str = ""
    answer_html_url: str | None = None
    body: str | None = None


class GithubEvent(Struct, frozen=True, kw_only=True):
    """What of it there is depends on the kind of event, which stands in a header."""

    sender: GithubUser | None = None
    action: str | None = None
    ref: str | None = None
    ref_type: str | None = None
    repository: GithubRepository | None = None
    forkee: GithubRepository | None = None
    member: GithubUser | None = None
    issue: GithubIssue | None = None
    pull_request: GithubIssue | None = None
    comment: GithubComment | None = None
    release: GithubRelease | None = None
    commits: list[GithubCommit] | None = None
    forced: bool | None = None
    compare: str | None = None
    review: GithubReview | None = None
    check_run: GithubCheckRun | None = None
    check_suite: GithubCheckSuite | None = None
    discussion: GithubDiscussion | None = None
    answer: GithubComment | None = None


class GithubForm(GithubEvent, frozen=True, kw_only=True):
    payload: str | None = None
    """The same as JSON, where it comes as the field of a form."""
