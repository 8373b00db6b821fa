"""The workbook of a 250,000-row case in headless Chromium: time to open, time to filter.

python3 start.py bench workbook
"""

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

FOURFOLD = [sys.executable, "-m", "fourfold"]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--rows", type=int, default=250_000)
    arguments.add_argument("--runs", type=int, default=3)
    chosen = arguments.parse_args()
    browser_path = shutil.which("chromium") or shutil.which("google-chrome")
    if not browser_path:
        sys.exit("no Chromium on this machine")
    with tempfile.TemporaryDirectory(prefix="fourfold-bench-") as temporary:
        case, package = Path(temporary) / "case", Path(temporary) / "package"
        subprocess.run([*FOURFOLD, "demo-case", str(case), "--rows", str(chosen.rows)], check=True)
        subprocess.run(
            [*FOURFOLD, "build", str(case), "--out", str(package), "--quiet", "--only", "workbook"],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        page_path = package / "workbook.html"
        opened, filtered = [], []
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=browser_path, args=["--no-sandbox", "--disable-gpu"]
            )
            for _ in range(chosen.runs):
                page = browser.new_page()
                start = time.perf_counter()
                page.goto(page_path.as_uri())
                page.wait_for_selector("html[data-ready]")
                opened.append(time.perf_counter() - start)
                page.click("a[href='#chronology']")
                section = page.locator("#page-chronology")
                status = section.get_by_role("status")
                expect(status).to_contain_text("entries of", timeout=60_000)
                whole = status.inner_text()
                start = time.perf_counter()
                section.get_by_label("Search words").fill("please")
                expect(status).not_to_have_text(whole, timeout=60_000)
                filtered.append(time.perf_counter() - start)
                page.close()
            browser.close()
        size = page_path.stat().st_size / 2**20
        print(f"workbook of {chosen.rows:,} rows: {size:.1f} MiB")
        print(
            f"opens    median {statistics.median(opened):.2f} s (goal 2 s with the filter; {chosen.runs} runs)"
        )
        print(f"filters  median {statistics.median(filtered):.2f} s")


if __name__ == "__main__":
    main()
