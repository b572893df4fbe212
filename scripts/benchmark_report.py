"""Time to write the report of a large run, its size, and how soon a browser paints it.

The run folder is made of the project's own sentences with words exchanged at random, so that it
packs as news does. Example: python scripts/benchmark_report.py --articles 1000 --rows 20
"""

import argparse
import json
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from corpora.files import lines_written, write_json
from corpora.publishing.shard_files import write_rows
from corpora.row import Row, row_id
from eval.report.page import write_report
from eval.report.run_files import RunFiles

ROOT = Path(__file__).parent.parent
FLAGS = ((), (), (), ("numbers-differ",), ("names-lost", "numbers-differ"), ("loop",), (), ())
# With this share gzip leaves as much of it, 0.32, as of FLORES-200 dev with its translations.
EXCHANGED = 0.28
SITES = ("kabar.example", "warta.example", "suara.example", "harian.example")


def sentences() -> list[tuple[str, str]]:
    """Indonesian and English of our own."""
    text = (ROOT / "tests/translate/cases/gate.tsv").read_text(encoding="utf-8")
    return [(pair[0], pair[1]) for line in text.splitlines() if len(pair := line.split("\t")) == 2]


def changed(text: str, words: list[str], share: float, chance: random.Random) -> str:
    """The text with a share of its words exchanged for others."""
    return " ".join(
        chance.choice(words) if chance.random() < share else word for word in text.split()
    )


def rows(articles: int, each: int, chance: random.Random) -> Iterator[Row]:
    """Rows of a run, two thirds of them with a reference."""
    pairs = sentences()
    words = [sorted({word for pair in pairs for word in pair[side].split()}) for side in (0, 1)]
    for article in range(articles):
        path, end = f"{SITES[article % 4]}/2026/{article:06}.txt", 0
        for position in range(each):
            indonesian, english = chance.choice(pairs)
            source = changed(indonesian, words[0], EXCHANGED, chance)
            translation = changed(english, words[1], EXCHANGED, chance)
            reference = (
                changed(translation, words[1], 0.3, chance) if chance.random() < 0.66 else ""
            )
            start, end = end, end + len(source) + 1
            yield Row(
                id=row_id(path, start, end, source),
                article=path,
                position=position,
                line=position + 7,
                start=start,
                end=end,
                source_raw=source,
                source=source,
                translation=translation,
                translation_score=-chance.random(),
                reference=reference or None,
                reference_id=f"{path}#{position // 3 + 1}" if reference else None,
                alignment="1-1" if reference else "1-0",
                alignment_score=chance.random() if reference else None,
                flags=chance.choice(FLAGS),
                model="bundled@benchmark",
            )


def make_run(folder: Path, articles: int, each: int) -> None:
    """A run folder of so many articles with so many rows each."""
    chance = random.Random(7)
    write_rows(folder / "corpus" / "machine-train-00000.parquet", rows(articles, each, chance))
    lines = (ROOT / "examples/line_labels.tsv").read_text(encoding="utf-8").splitlines()
    texts = [line.split("\t")[-1] for line in lines[1:]]
    _, english = zip(*sentences(), strict=True)
    paths = [f"{SITES[article % 4]}/2026/{article:06}.txt" for article in range(articles)]
    with (
        lines_written(folder / "articles.jsonl") as article,
        lines_written(folder / "rejected.jsonl") as rejected,
        lines_written(folder / "unaligned.jsonl") as unaligned,
    ):
        for path in paths:
            title = changed(chance.choice(english), list(english), 0, chance)
            article({"article": path, "title": title, "site": path.partition("/")[0]})
            unaligned(
                {"article": path, "reference_id": f"{path}#9", "text": chance.choice(english)}
            )
            for line in range(25):
                text = f"{chance.choice(texts)} {chance.randrange(10_000)}"
                known = {"label": "advert", "rule": f"rule-{line % 12}", "score": 0.9}
                rejected({"file": path, "line": line, **known, "text": text})
    write_json(folder / "scores.json", {"coverage": 0.9, "aligned": []})
    write_json(folder / "run.json", {"settings": {"model": "bundled"}, "counts": {"failed": 0}})


def painted(page: Path, address: str = "") -> dict[str, float]:
    """Milliseconds to the first contentful paint and to the end of loading, median of five."""
    from statistics import median

    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    found: dict[str, list[float]] = {"first_contentful_paint": [], "loaded": []}
    for _ in range(5):
        options = webdriver.ChromeOptions()
        options.binary_location = "/usr/bin/chromium"
        with tempfile.TemporaryDirectory() as profile:
            for flag in (
                *(
                    "--headless",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                ),
                *("--disable-background-networking", "--disable-component-update"),
                *("--disable-sync", f"--user-data-dir={profile}"),
            ):
                options.add_argument(flag)
            driver = webdriver.Chrome(options, Service("/usr/bin/chromedriver"))
            try:
                driver.get("about:blank")
                driver.get(page.as_uri() + address)
                time.sleep(1)
                paint, loaded = driver.execute_script(
                    "return [performance.getEntriesByName('first-contentful-paint')[0].startTime,"
                    "performance.getEntriesByType('navigation')[0].loadEventEnd]"
                )
            finally:
                driver.quit()
        found["first_contentful_paint"].append(paint)
        found["loaded"].append(loaded)
    return {name: round(median(values)) for name, values in found.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--rows", type=int, default=20, help="of each article")
    parser.add_argument("--folder", type=Path, help="keep the run there")
    parser.add_argument("--no-browser", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        make_run(folder, options.articles, options.rows)
        started, used = time.monotonic(), time.process_time()
        write_report(folder / "report.html", RunFiles(folder))
        beside = list((folder / "report").glob("*.js"))
        figures = {
            "rows": options.articles * options.rows,
            "seconds": round(time.monotonic() - started, 1),
            "cpu_seconds": round(time.process_time() - used, 1),
            "page_bytes": (folder / "report.html").stat().st_size,
            "beside": len(beside),
            "beside_bytes": sum(file.stat().st_size for file in beside),
            "peak_megabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        }
        if not options.no_browser:
            figures |= painted(folder / "report.html")
        print(json.dumps(figures))


if __name__ == "__main__":
    main()
