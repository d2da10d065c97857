"""The script of a scenario on its page: written, refused, and put back."""

PATH = "/drills/{}/script"


def test_an_officer_writes_the_script_and_takes_that_back(told):
    enter, drills = told
    one = next(drill for drill in drills if drill.scenario and not drill.hidden)
    officer, path = enter(), PATH.format(one.id)
    given = {"before": "", "during": "带队人：清点新仓库\n保安：守住东门", "after": "", "seen": "0"}

    without = officer.post(path, given | {"during": "清点新仓库"}, token_from="/account/")
    saved = officer.post(path, given, token_from="/account/")
    shown = officer.page(f"/drills/{one.id}")
    stale = officer.post(path, given | {"after": "带队人：讲评"}, token_from="/account/")
    officer.post(f"{path}/back", {"number": "0", "seen": "1"}, token_from="/account/")

    assert (422, 302, 409) == (without.status_code, saved.status_code, stale.status_code)
    assert "第 1 行：请写明由谁做" in without.get_data(as_text=True)
    assert "清点新仓库" in shown
    assert "第 1 版" in shown
    assert "清点新仓库" not in officer.page(f"/drills/{one.id}")
    assert "恢复建议步骤" in officer.page(path)
    assert "Leader: " in enter(language="en").page(path)
