"""Settings: which source wins, and how wrong ones are refused."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

import msgspec
import pytest

from rift.config import ConfigError, Settings, all_settings, as_toml, load


def refused(
    tmp_path: Path,
    file: str = "",
    environ: Mapping[str, str] | None = None,
    overrides: Mapping[str, str] | None = None,
) -> list[str]:
    """The faults of a configuration that must not be accepted."""
    with pytest.raises(ConfigError) as caught:
        configured(tmp_path, file, environ, overrides)
    return [str(fault) for fault in caught.value.faults]


def configured(
    tmp_path: Path,
    file: str = "",
    environ: Mapping[str, str] | None = None,
    overrides: Mapping[str, str] | None = None,
) -> Settings:
    path = tmp_path / "rift.toml"
    path.write_text(file)
    return load(path, environ or {}, overrides or {})


def test_nothing_given_means_the_defaults(tmp_path: Path) -> None:
    assert configured(tmp_path) == Settings()


def test_the_command_line_beats_the_environment_beats_the_file(tmp_path: Path) -> None:
    file = "[server]\nport = 1\nworkers = 2\nhost = 'a'\n"
    environ = {"RIFT_SERVER_PORT": "3", "RIFT_SERVER_WORKERS": "4"}
    server = configured(tmp_path, file, environ, {"server.port": "5"}).server
    assert (server.port, server.workers, server.host) == (5, 4, "a")


def test_the_file_of_the_data_directory_is_found(tmp_path: Path) -> None:
    (tmp_path / "rift.toml").write_text('[instance]\nname = "Home"\n')
    found = load(None, {}, {"data.directory": str(tmp_path)})
    assert found.instance.name == "Home"
    assert load(None, {"RIFT_DATA_DIRECTORY": str(tmp_path)}, {}).instance.name == "Home"


def test_uploads_lie_in_the_data_directory_unless_told_otherwise(tmp_path: Path) -> None:
    overrides = {"data.directory": str(tmp_path)}
    assert load(None, {}, overrides).files_directory == tmp_path / "files"
    assert load(None, {"UPLOAD_DIR": "/srv/up"}, overrides).files_directory == Path("/srv/up")


def test_the_forerunners_variables_are_understood(tmp_path: Path) -> None:
    found = configured(
        tmp_path,
        environ={
            "DATABASE_URL": "postgres://rift@localhost/rift",
            "JWT_SECRET": "a secret of some length",
            "LISTEN_ADDR": "0.0.0.0:3000",
            "UPLOAD_DIR": "/srv/uploads",
            "MAX_UPLOAD_BYTES": "1000000",
            "CORS_ALLOWED_ORIGINS": "http://localhost:5173, https://app.example.org",
            "DISCORD_TOKEN": "abc",
            "RUST_LOG": "info,rift_server=trace",
        },
    )
    assert found.database.url == "postgres://rift@localhost/rift"
    assert found.auth.jwt_secret == "a secret of some length"
    assert (found.server.host, found.server.port) == ("0.0.0.0", 3000)
    assert found.files_directory == Path("/srv/uploads")
    assert found.limits.upload_bytes == 1_000_000
    assert found.server.cors_allowed_origins == (
        "http://localhost:5173",
        "https://app.example.org",
    )
    assert found.bridge.discord_token == "abc"
    assert found.log.level == "debug"


def test_our_own_variable_beats_the_forerunners(tmp_path: Path) -> None:
    environ = {"RIFT_SERVER_PORT": "1", "LISTEN_ADDR": ":2"}
    server = configured(tmp_path, environ=environ).server
    assert (server.host, server.port) == ("0.0.0.0", 1)


def test_a_foreign_log_directive_changes_nothing(tmp_path: Path) -> None:
    assert configured(tmp_path, environ={"RUST_LOG": "hyper"}).log.level == "info"


@pytest.mark.parametrize(
    ("word", "meant"), [("off", False), ("0", False), ("on", True), ("True", True)]
)
def test_rate_limits_have_a_short_name(tmp_path: Path, word: str, meant: bool) -> None:
    found = configured(tmp_path, environ={"RIFT_RATE_LIMITS": word})
    assert found.server.rate_limits is meant


def test_an_empty_variable_counts_as_absent(tmp_path: Path) -> None:
    environ = {"RIFT_SERVER_PORT": "", "MAX_UPLOAD_BYTES": " "}
    assert configured(tmp_path, environ=environ) == Settings()


def test_an_unknown_key_is_refused_with_its_line_and_a_suggestion(tmp_path: Path) -> None:
    (fault,) = refused(tmp_path, "# ours\n[limits]\nmesage_length = 3\n")
    assert "rift.toml:3: limits.mesage_length is not a setting" in fault
    assert "Did you mean limits.message_length?" in fault


def test_an_unknown_section_is_refused(tmp_path: Path) -> None:
    (fault,) = refused(tmp_path, "[sever]\nport = 3\n")
    assert "rift.toml:1: sever is not a setting. Did you mean server?" in fault


def test_a_section_that_is_a_value_is_refused(tmp_path: Path) -> None:
    (fault,) = refused(tmp_path, "\nserver = 3\n")
    assert "rift.toml:2: server is a section. Write [server]" in fault


def test_a_dotted_key_is_understood(tmp_path: Path) -> None:
    assert configured(tmp_path, "server.port = 3\n").server.port == 3
    (fault,) = refused(tmp_path, "\nserver.port = true\n")
    assert "rift.toml:2: server.port cannot be True" in fault


def test_a_file_that_is_not_toml_is_refused_with_its_line(tmp_path: Path) -> None:
    (fault,) = refused(tmp_path, "[server]\nhost = localhost\n")
    assert "rift.toml:2: This is not TOML" in fault


def test_a_file_that_is_missing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"absent\.toml: .*[Nn]o such file"):
        load(tmp_path / "absent.toml", {}, {})


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    faults = refused(
        tmp_path,
        '[server]\nport = "many"\n',
        {"RIFT_LOG_LEVEL": "loud", "RIFT_SERVR_HOST": "x"},
        {"server.workers": "0", "server.prot": "1"},
    )
    told = "\n".join(faults)
    assert len(faults) == 5
    assert "rift.toml:2: server.port cannot be 'many'. Give a whole number from 0 to 65535" in told
    assert "RIFT_LOG_LEVEL: log.level cannot be 'loud'. Give one of debug, info" in told
    assert "RIFT_SERVR_HOST is not a setting. Did you mean RIFT_SERVER_HOST?" in told
    assert "command line: server.workers cannot be '0'" in told
    assert "command line: server.prot is not a setting. Did you mean server.port?" in told


def test_the_test_suites_own_variable_is_let_through(tmp_path: Path) -> None:
    assert configured(tmp_path, environ={"RIFT_DISCORD_SPEC": "x"}) == Settings()


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("server.public_url", "chat.example.org", "not the root URL"),
        ("server.public_url", "https://chat.example.org/rift", "not the root URL"),
        ("server.trusted_proxies", "10.0.0.0/8,proxy", "'proxy' is not an address"),
        ("server.cors_allowed_origins", "example.org", "is not an origin"),
        ("server.cors_allowed_origins", "*,https://example.org", "already allows every"),
        ("database.url", "mysql://localhost/rift", "not a PostgreSQL URL"),
        ("bus.url", "redis://localhost", "not a NATS URL"),
        ("auth.jwt_secret", "secret", "short enough to be guessed"),
        ("auth.login_attempts_per_address", "1", "less often than a single account"),
    ],
)
def test_a_value_that_makes_no_sense_is_refused(
    tmp_path: Path, name: str, value: str, problem: str
) -> None:
    if problem is None:
        configured(tmp_path, overrides={name: value})
        return
    (fault,) = refused(tmp_path, overrides={name: value})
    assert problem in fault
    assert fault.startswith("command line: ")


def test_lanes_that_do_not_fit_their_memory_are_refused(tmp_path: Path) -> None:
    (fault,) = refused(tmp_path, "[auth]\nargon2_memory_kib = 8\nargon2_parallelism = 2\n")
    assert "rift.toml:2: 2 lanes do not fit into 8 KiB" in fault


def test_the_data_directory_is_not_moved_by_a_file_inside_it(tmp_path: Path) -> None:
    (tmp_path / "rift.toml").write_text('[data]\ndirectory = "/elsewhere"\n')
    with pytest.raises(ConfigError, match=r"rift\.toml:2: data\.directory cannot be set"):
        load(None, {}, {"data.directory": str(tmp_path)})


def test_a_refused_secret_is_not_repeated(tmp_path: Path) -> None:
    for fault in refused(tmp_path, "[auth]\njwt_secret = 123454321\n"):
        assert "123454321" not in fault


def test_printed_settings_are_a_file_that_means_the_same(tmp_path: Path) -> None:
    before = configured(tmp_path, environ={"RIFT_SERVER_TRUSTED_PROXIES": "10.0.0.1,::1"})
    document = tomllib.loads(as_toml(before))
    assert msgspec.convert({**document, "given": before.given}, Settings) == before


def test_printed_settings_keep_secrets(tmp_path: Path) -> None:
    url = "postgres://rift:hunter2@localhost/rift"
    assert "hunter2" not in as_toml(configured(tmp_path, environ={"DATABASE_URL": url}))


def test_every_default_is_a_value_the_setting_accepts() -> None:
    for setting in all_settings().values():
        assert msgspec.convert(setting.default, setting.annotated) == setting.default
