"""python -m pipeline: make data/built from published files, keep it up to date, look at it."""

import logging
import subprocess
import sys
from argparse import ArgumentParser, Namespace
from datetime import date
from pathlib import Path

from pipeline import builds
from pipeline.build import build
from pipeline.builds import POINTER, read_pointer
from pipeline.derive import derive_build
from pipeline.errors import BusyError, PipelineError, PublishError
from pipeline.lock import hold_alone
from pipeline.publish import KEEP, find_current_build, roll_back
from pipeline.revisions import (
    describe_by_area,
    describe_differences,
    describe_intervals,
    open_comparison,
    write_csv,
)
from pipeline.values import BUILT, prepare_build

RAW = BUILT.with_name("raw")
BUSY = 75
RAW_WORDS = "folder of raw files, with MANIFEST.csv"
EXITS = """exit status: 0 published (or done), 1 refused: nothing was published, 2 not a command,
3 nothing new, 75 another refresh or build is running"""

log = logging.getLogger(__name__)


def main() -> None:
    """Read the command line and do what it asks. The exit status says how it ended."""
    if sys.argv[1:2] == ["brief"]:
        _start_briefings(sys.argv[2:])
        return
    arguments = _make_parser().parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    try:
        _prepare(arguments)
        status = arguments.run(arguments)
    except PipelineError as e:
        sys.stderr.write(f"error: {e}\n")
        status = BUSY if isinstance(e, BusyError) else 1
    sys.exit(status)


def _start_briefings(arguments: list[str]) -> None:
    """Start the dashboard's own program: once this was its command, and some use it yet."""
    sys.exit(subprocess.call([sys.executable, "-m", "dashboard.briefing", *arguments]))  # noqa: S603 - ours


def _make_parser() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m pipeline", description=__doc__, epilog=EXITS)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("brief", help="the same as python -m dashboard.briefing")
    shared = ArgumentParser(add_help=False)
    shared.add_argument("--out", type=Path, default=BUILT, help="folder of builds (data/built)")
    _add_build(commands.add_parser("build", parents=[shared], help="read the raw files, publish"))
    _add_refresh(
        commands.add_parser(
            "refresh",
            parents=[shared],
            epilog=EXITS,
            help="fetch what is new, build, check, publish",
        )
    )
    _add_fetch(commands.add_parser("fetch", help="bring the newest published files"))
    _add_status(commands.add_parser("status", parents=[shared], help="what is shown, how old"))
    back = commands.add_parser("rollback", parents=[shared], help="show the build before again")
    back.add_argument("build", nargs="?", help="another build that is kept")
    back.set_defaults(run=_run_rollback)
    made = commands.add_parser("derive", parents=[shared], help="make the build of data/values")
    made.set_defaults(run=_derive)
    _add_diff(commands.add_parser("diff", parents=[shared], help="what differs between two builds"))
    return parser


def _add_build(parser: ArgumentParser) -> None:
    parser.add_argument("--raw", type=Path, required=True, help=RAW_WORDS)
    _add_keep(parser)
    parser.set_defaults(run=_build)


def _add_refresh(parser: ArgumentParser) -> None:
    parser.add_argument("--raw", type=Path, default=RAW, help=f"{RAW_WORDS} (data/raw)")
    parser.add_argument("--only", action="append", default=[], help="fetch one publication")
    parser.add_argument("--offline", action="store_true", help="use the files that are there")
    parser.add_argument("--wait", type=float, default=0, help="seconds to wait for another refresh")
    _add_keep(parser)
    parser.set_defaults(run=_run_refresh)


def _add_fetch(parser: ArgumentParser) -> None:
    parser.add_argument("--raw", type=Path, default=RAW, help=f"{RAW_WORDS} (data/raw)")
    parser.add_argument(
        "--only", nargs="+", action="extend", default=[], help="these publications or sources"
    )
    parser.add_argument("--offline", action="store_true", help="ask nobody: check what is there")
    parser.add_argument("--dry-run", action="store_true", help="say what would come, no more")
    parser.set_defaults(run=_fetch)


def _add_status(parser: ArgumentParser) -> None:
    parser.add_argument("--raw", type=Path, default=RAW, help=f"{RAW_WORDS} (data/raw)")
    parser.add_argument("--online", action="store_true", help="ask the publishers what is newer")
    parser.set_defaults(run=_print_status)


def _add_keep(parser: ArgumentParser) -> None:
    words = f"how many builds are kept, with the current one ({KEEP})"
    parser.add_argument("--keep", type=int, default=KEEP, help=words)


def _add_diff(parser: ArgumentParser) -> None:
    parser.add_argument("before", nargs="?", help="a build's id or folder (the build before)")
    parser.add_argument("after", nargs="?", help="a build's id or folder (the current build)")
    parser.add_argument("--areas", action="store_true", help="count by area as well")
    parser.add_argument("--csv", type=Path, help="write every figure that differs to this file")
    parser.set_defaults(run=_print_diff)


def _prepare(arguments: Namespace) -> None:
    """See that there is the build of the figures in git, for whatever asks about builds."""
    is_about_builds = "out" in arguments and arguments.run is not _derive
    if is_about_builds and (why := prepare_build(arguments.out)):
        log.warning("%s", why)


def _derive(arguments: Namespace) -> int:
    build_id = derive_build(arguments.out)
    _print([str(arguments.out / build_id)])
    return 0


def _build(arguments: Namespace) -> int:
    with hold_alone(arguments.out):
        build_id = build(arguments.raw, arguments.out, keep=arguments.keep)
    log.info("published build %s in %s", build_id, arguments.out)
    return 0


def _fetch(arguments: Namespace) -> int:
    from pipeline.fetch import Options, fetch  # noqa: PLC0415 - a build needs none of it

    options = Options(
        only=tuple(arguments.only),
        offline=arguments.offline,
        dry_run=arguments.dry_run,
    )
    report = fetch(arguments.raw, options)
    for row in report.rows:
        if row.what not in {"unchanged", "kept"}:
            log.info("%s: %s%s", row.what, row.path, f": {row.message}" if row.message else "")
    unchanged, kept = (sum(r.what == what for r in report.rows) for what in ("unchanged", "kept"))
    log.info("%d of %d files unchanged in %s", unchanged, len(report.rows), arguments.raw)
    if kept:
        log.info("%d files are nowhere online: their figures are kept in data/kept", kept)
    return 1 if report.failed else 0


def _run_refresh(arguments: Namespace) -> int:
    from pipeline.refresh import Job, refresh  # noqa: PLC0415 - a build needs none of it

    job = Job(
        arguments.raw,
        arguments.out,
        only=tuple(arguments.only),
        offline=arguments.offline,
        progress=sys.stderr.isatty(),
        keep=arguments.keep,
        wait=arguments.wait,
    )
    outcome = refresh(job)
    _print(outcome.report)
    return outcome.code


def _print_status(arguments: Namespace) -> int:
    from pipeline.refresh import Job, describe_fetched, fetch_files  # noqa: PLC0415
    from pipeline.status import describe_raw_files, describe_status, describe_unread  # noqa: PLC0415

    lines = [
        *describe_status(arguments.out, date.today()),
        "",
        describe_raw_files(arguments.raw, arguments.out),
    ]
    lines += describe_unread(arguments.raw)
    if arguments.online:
        rows, _ = fetch_files(Job(arguments.raw, arguments.out), dry_run=True)
        lines += ["", "What publishers have now:", *describe_fetched(rows)]
    _print(lines)
    return 0


def _run_rollback(arguments: Namespace) -> int:
    shown = roll_back(arguments.out, arguments.build)
    _print([f"build {shown.build} is shown again"])
    return 0


def _print_diff(arguments: Namespace) -> int:
    last = read_pointer(arguments.out)
    before = arguments.before or next(iter(last.before), None) if last else arguments.before
    if before is None:
        raise PublishError(f"{arguments.out}: found no build before this one to compare with")
    after = arguments.after or (last.build if last else "")
    with open_comparison(
        _find_folder(arguments.out, before), _find_folder(arguments.out, after)
    ) as db:
        _print(
            [
                *describe_differences(db),
                *describe_intervals(db),
                *(describe_by_area(db) if arguments.areas else []),
            ]
        )
        if arguments.csv:
            _print([f"{write_csv(db, arguments.csv):,} figures in {arguments.csv}"])
    return 0


def _find_folder(out: Path, name: str) -> Path:
    """Find a build by its id, its folder, or a folder that points at one."""
    place = Path(name)
    if (place / POINTER).is_file():
        place = place / str(find_current_build(place))
    folder = next((path for path in (out / name, place) if path.is_dir()), None)
    if folder is None:
        raise PublishError(f"{name}: found no build of this name in {out}, and no such folder")
    builds.check_build(folder)
    return folder


def _print(lines: list[str]) -> None:
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
