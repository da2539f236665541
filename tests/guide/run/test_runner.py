"""The warm process: jobs are clean, bounded and repeatable, and outputs equal those of a fresh kernel."""

import json
import re
import threading
import time
from pathlib import Path
from typing import Any

import nbclient
import nbformat
import pytest
from guide.run.runner import Job, Outcome, Runner, WorkerStoppedError
from guide.run.worker_code import DIED

SAMPLE = [
    "import matplotlib.pyplot as plt\nimport numpy as np\nimport pandas as pd\nfrom IPython.display import display",
    "print('one')\nprint('two', end='')\n1 + 1",
    "_ + 1",
    "x = np.random.default_rng(0).normal(size=(3, 2)); x",
    "pd.DataFrame(x, columns=['a', 'b'])",
    "pd.DataFrame({f'column {n}': [n] for n in range(40)})",
    "display('shown', [1, 2])\nhandle = display({'a': 1}, display_id=True)\nhandle.update({'a': 2})",
    "1 + 1;",
    "%%capture caught\nprint('held')\n1",
    "caught.stdout, len(caught.outputs)",
    "fig, ax = plt.subplots(figsize=(4, 3))\nax.plot([1, 2])\nax.set_title('t');",
    "plt.plot([1, 2])",
    "plt.plot([1, 2])\nplt.show()\nprint('after')",
    "from sklearn.linear_model import LogisticRegression\nLogisticRegression(C=3)",
    "class P:\n    def _repr_html_(self):\n        return '<b>p</b>'\n    def __repr__(self):\n        return 'p'\nP()",
    "%precision 3\n3.14159265",
    "import warnings\nwarnings.filterwarnings('ignore')\nlen(In), sorted(k for k in Out)[:2]",
    "await __import__('asyncio').sleep(0, 'awaited')",
    "sorted({'b', 'a'}), __name__",
]


def page(*blocks: str, limit: float = 30) -> Job:
    return Job("page", blocks, limit)


def notebook_of(*cells: str, limit: float = 30) -> Job:
    return Job("notebook", cells, limit, more={"numbers": list(range(1, len(cells) + 1))})


def run(runner: Runner, *blocks: str) -> Outcome:
    (outcome,) = runner.run([page(*blocks)])
    return outcome


def message(outcome: Outcome) -> str:
    assert outcome.result is not None
    return str(outcome.result["fault"]["message"])


def texts(outputs: list[dict[str, Any]]) -> list[tuple[str, ...]]:
    """Return the kind and the texts of outputs."""
    found: list[tuple[str, ...]] = []
    for output in outputs:
        kind = output["output_type"]
        if kind == "stream":
            found.append((kind, output["name"], output["text"]))
        else:
            data = output.get("data", {})
            found.append((kind, *(str(data.get(mime, "")) for mime in ("text/plain", "text/html"))))
    # An object's default text holds its address.
    return [tuple(re.sub(r"0x[0-9a-f]+", "…", part) for part in parts) for parts in found]


def test_outputs_equal_those_of_a_fresh_kernel(runner: Runner) -> None:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in SAMPLE])
    nbclient.NotebookClient(notebook, timeout=60, kernel_name="python3").execute()
    (outcome,) = runner.run([notebook_of(*SAMPLE, limit=60)])
    assert outcome.result is not None
    assert outcome.result["fault"] is None
    for source, ours, theirs in zip(SAMPLE, outcome.result["cells"], notebook.cells, strict=True):
        # scikit-learn numbers its diagrams in the order of a process's life, and the page shows its text alone.
        if "LogisticRegression" in source:
            for output in [*ours["outputs"], *theirs.outputs]:
                output["data"].pop("text/html", None)
        assert texts(ours["outputs"]) == texts(theirs.outputs), source
        assert ours["count"] == theirs.execution_count, source


def test_collecting_garbage_says_nothing_about_what_was_loaded_before(runner: Runner) -> None:
    (outcome,) = runner.run([notebook_of("import gc\n_ = gc.collect()")])
    assert outcome.result is not None
    assert outcome.result["cells"][0]["outputs"] == []


def test_the_same_notebook_gives_the_same_bytes(runner: Runner) -> None:
    job = notebook_of(
        "import matplotlib.pyplot as plt, numpy as np\nprint({'b', 'a'}, hash('x'))\n"
        "plt.scatter(*np.random.default_rng(0).normal(size=(2, 9)), label='$x^2$')\nplt.legend()\nplt.show()"
    )
    first, second = runner.run([job, job])
    other = Runner(runner.cache_directory)
    (third,) = other.run([job])
    other.close()
    assert json.dumps(first.result) == json.dumps(second.result) == json.dumps(third.result)


def test_a_job_leaves_nothing_to_the_next(runner: Runner) -> None:
    run(
        runner,
        "import matplotlib as mpl, numpy as np, os, sys\nmpl.rcParams['lines.linewidth'] = 99\nnp.mine = 1\n"
        "os.environ['MINE'] = '1'\nsys.path.insert(0, 'mine')\nopen('mine', 'w').close()",
    )
    outcome = run(
        runner,
        "import matplotlib as mpl, numpy as np, os, sys\nprint(mpl.rcParams['lines.linewidth'] < 99, "
        "hasattr(np, 'mine'), 'MINE' in os.environ, 'mine' in sys.path, os.listdir())",
    )
    assert outcome.result is not None
    assert outcome.result["printed"] == ["True False False False []\n"]


def test_a_job_over_its_time_is_stopped_and_the_others_go_on(runner: Runner) -> None:
    slow, quick = runner.run([page("while True: pass", limit=0.3), page("print(1)")])
    assert "still running after 0.3 seconds" in slow.error
    assert quick.result == {"printed": ["1\n"], "fault": None}


def test_what_a_job_started_is_stopped_with_it(runner: Runner, tmp_path: Any) -> None:
    mark = tmp_path / "pid"
    code = f"import subprocess\nsubprocess.run(['sh', '-c', 'echo $$ > {mark}; exec sleep 60'])"
    for limit in (1.5, 30):
        (outcome,) = runner.run([page(code, limit=limit)])
        assert "still running" in outcome.error
        # On a busy machine it may not have begun within the first limit.
        if mark.exists() and mark.read_text():
            break
    state = _state_of(int(mark.read_text()))
    assert state in ("gone", "Z")


def _children_of(process: Any) -> list[int]:
    if process is None:
        return []
    return [int(pid) for pid in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()]


def _state_of(pid: int) -> str:
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rpartition(")")[2].split()[0]
    except OSError:
        return "gone"


def test_a_crash_is_a_fault_of_its_job_alone(runner: Runner) -> None:
    crashed, sound = runner.run([page("import os\nos.kill(os.getpid(), 9)"), page("print(1)")])
    assert crashed.error == DIED
    assert sound.result is not None


def test_a_loop_that_prints_without_end_is_stopped(runner: Runner) -> None:
    assert "prints more than" in message(run(runner, "while True: print('x' * 1000)"))


def test_a_cell_that_prints_many_lines_is_stopped_by_their_number_and_not_by_the_clock(runner: Runner) -> None:
    (outcome,) = runner.run([notebook_of("for n in range(10**6): print(n)")])
    assert outcome.result is not None
    assert "prints more than" in outcome.result["fault"]["message"]


def test_half_a_character_does_not_stop_the_build(runner: Runner) -> None:
    (outcome,) = runner.run([notebook_of("print('a\\ud800')\n'b\\udc00'")])
    assert outcome.result is not None
    assert outcome.result["cells"][0]["outputs"][0]["text"] == "a?\n"
    json.dumps(outcome.result, ensure_ascii=False).encode()


@pytest.mark.parametrize(
    "code",
    [
        "import urllib.request\nurllib.request.urlopen('http://example.com')",
        "import socket\nsocket.create_connection(('192.0.2.1', 80), 1)",
    ],
)
def test_the_network_is_closed(runner: Runner, code: str) -> None:
    assert "no network" in message(run(runner, code))


@pytest.mark.parametrize(
    "code",
    [
        "open({0!r}, 'w')",
        "open({0!r}, 'ab')",
        "import pathlib\npathlib.Path({0!r}).write_text('x')",
        "import os\nos.remove({0!r})",
        "import os\nos.rename({0!r}, 'mine')",
        "import os\nos.mkdir({0!r} + '-folder')",
        "import os\nos.symlink({0!r}, 'link')\nopen('link', 'w')",
        "open('../../../..' + {0!r}, 'w')",
        "import shutil\nshutil.copy(__import__('sys').executable, {0!r})",
        "import matplotlib.pyplot as plt\nplt.plot([1])\nplt.savefig({0!r})",
    ],
)
def test_files_are_changed_in_the_jobs_own_folder_alone(runner: Runner, code: str, tmp_path: Any) -> None:
    theirs = tmp_path / "theirs"
    theirs.write_text("kept")
    assert "keeps to its own folder" in message(run(runner, code.format(str(theirs))))
    assert [path.name for path in tmp_path.iterdir()] == ["theirs"]
    assert theirs.read_text() == "kept"


def test_files_of_its_own_a_job_may_write_and_read_again(runner: Runner) -> None:
    code = "import tempfile\nopen('a', 'w').write('b')\n"
    code += "with tempfile.TemporaryFile() as f: f.write(b'c')\nprint(open('a').read())"
    outcome = run(runner, code)
    assert outcome.result is not None
    assert outcome.result["printed"] == ["b\n"]


def test_a_job_that_takes_all_memory_fails_and_says_where(runner: Runner) -> None:
    code = "import numpy as np\nkept = [np.empty(10**8) for _ in range(100)]"
    outcome = run(runner, code)
    assert outcome.result is not None
    assert outcome.result["fault"]["line"] == 2
    assert "Memory" in message(outcome)


def test_nothing_of_the_users_environment_is_published(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    monkeypatch.setenv("SOME_TOKEN", "secret")
    runner = Runner(tmp_path)
    outcome = run(runner, "import os\nprint(os.environ.get('SOME_TOKEN'), os.environ.get('HOME') is not None)")
    runner.close()
    assert outcome.result is not None
    assert outcome.result["printed"] == ["None True\n"]


def test_a_process_left_behind_is_not_waited_for(runner: Runner) -> None:
    code = "import os, time\nif os.fork() == 0:\n    time.sleep(600)\nprint('done')"
    outcome = run(runner, code)
    assert outcome.result is not None
    assert outcome.result["printed"] == ["done\n"]


@pytest.mark.parametrize(
    "code",
    [
        "os.closerange(3, 99)",
        "for n in range(3, 99):\n    try: os.write(n, b'x' * 99)\n    except OSError: pass",
    ],
)
def test_what_a_job_does_to_open_files_does_not_reach_the_answers(runner: Runner, code: str) -> None:
    for outcome in runner.run([page(f"import os\n{code}\nprint(1)", limit=5), page("print(1)")]):
        assert outcome.result == {"printed": ["1\n"], "fault": None}


def test_an_answer_that_was_tampered_with_is_no_answer(runner: Runner) -> None:
    outcome, sound = runner.run([page("import os\nopen('../answer.json', 'w')\nos._exit(0)"), page("print(1)")])
    assert outcome.error == DIED
    assert sound.result is not None


def test_ending_the_process_ends_what_it_runs(tmp_path: Any) -> None:
    runner = Runner(tmp_path)
    job = page("import time\ntime.sleep(600)", limit=600)
    stopped: list[str] = []

    def run() -> None:
        with pytest.raises(WorkerStoppedError):
            runner.run([job])
        stopped.append("told")

    thread = threading.Thread(target=run)
    thread.start()
    while not (pids := _children_of(runner._process)):
        time.sleep(0.05)
    runner.close()
    thread.join()
    assert stopped
    assert {_state_of(pid) for pid in pids} <= {"gone", "Z"}


def test_a_job_that_ends_the_process_is_found_and_the_others_are_run_again(runner: Runner) -> None:
    deadly = page("import os, time\ntime.sleep(0.2)\nos.kill(os.getppid(), 9)")
    jobs = [page("print(1)"), deadly, page("import time\ntime.sleep(0.5)\nprint(2)"), page("print(3)")]
    outcomes = runner.run(jobs)
    assert [outcome.error for outcome in outcomes] == ["", DIED, "", ""]
    assert [outcome.result["printed"] for outcome in outcomes if outcome.result] == [["1\n"], ["2\n"], ["3\n"]]


def test_a_process_that_does_not_start_is_no_fault_of_a_job(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    monkeypatch.setattr("guide.run.runner.WORKER", "guide.run.absent")
    with pytest.raises(WorkerStoppedError, match="No module named"):
        Runner(tmp_path).run([page("print(1)")])


def test_who_waits_hears_of_every_job_by_its_name(tmp_path: Any) -> None:
    heard: list[tuple[int, int, str]] = []
    runner = Runner(tmp_path, tell=lambda *told: heard.append(told))
    runner.run([Job("page", ["1"], 30, name) for name in ("one", "two")])
    runner.close()
    assert [told[:2] for told in heard] == [(0, 2), (1, 2), (2, 2)]
    assert {told[2] for told in heard[1:]} == {"one", "two"}


def test_a_process_that_is_ended_while_it_works_is_not_started_again(tmp_path: Any) -> None:
    runner = Runner(tmp_path, tell=lambda *_: runner.close())
    with pytest.raises(WorkerStoppedError, match="was ended"):
        runner.run([page("import time; time.sleep(60)")])
    assert runner._process is None


def test_printing_to_the_descriptor_itself_does_not_disturb_the_protocol(runner: Runner) -> None:
    outcome = run(runner, "import os\nos.write(1, b'{}\\n')\nprint('fine')")
    assert outcome.result is not None
    assert outcome.result["printed"] == ["fine\n"]


def test_many_large_answers_arrive_in_the_order_of_the_jobs(runner: Runner) -> None:
    outcomes = runner.run([page(f"print('{number}' * 200_000)") for number in range(6)])
    assert [outcome.result["printed"][0][0] for outcome in outcomes if outcome.result] == list("012345")


def test_dataclasses_and_pickling_work_as_in_a_script(runner: Runner) -> None:
    code = "import dataclasses, pickle\n@dataclasses.dataclass\nclass A:\n    x: int\n"
    outcome = run(runner, code + "print(pickle.loads(pickle.dumps(A(1))))")
    assert outcome.result is not None
    assert outcome.result["printed"] == ["A(x=1)\n"]
