"""What suggestions are taught in the tests: requests of the demo city told over and over in other words and places."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from itertools import combinations
from random import Random

from cases import learning, training
from cases.features import Labelled, Sample
from cases.judging import Figures
from cases.linear_model import LinearModel
from cases.models import SuggestionModel
from tests.people import local, member

STREETS = [
    "建设街",
    "青山路",
    "滨江大道",
    "人民路",
    "解放街",
    "文昌巷",
    "湖滨路",
    "东风路",
    "南门桥头",
    "红旗巷",
    "学院路",
]
# Any two of a kind make a request; no two requests share more than one
MATTERS = {
    "SZ01": "窨井盖缺失有人绊倒 下水道盖板松动作响 雨水篦子破损露洞 检修井下沉骑车摔跤 排污井口没有遮挡 "
    "通讯井盖被盗多日 井圈开裂车胎被扎 盖子翻起行人险些跌落 电力井无人加固 雨后井口冒水盖被冲走 "
    "铸铁盖断成两截 井边路面塌陷",
    "CG0101": "工地夜间打桩机轰鸣 混凝土通宵浇筑不停 半夜装卸钢管刺耳 凌晨挖掘机仍在作业 塔吊深夜哨声不断 "
    "拆除施工连续到天亮 切割石材尖叫声扰民 渣土车后半夜进出 搅拌车排队鸣笛 施工灯光照进卧室 "
    "破碎锤震得窗户响 赶工不分昼夜吵得无法入睡",
    "MZ02": "老人高龄津贴停发三个月 八十岁补贴怎样申请 独居奶奶生活补助未到账 养老服务券领不到 "
    "敬老院收费不透明 失能护理费标准是多少 社区食堂不给长者优惠 九十岁父亲认证不方便 "
    "百岁寿星慰问金没收到 低保长辈想进福利院 助浴上门服务没人来 老年卡年审要跑几趟",
    "GY02": "自来水浑浊发黄 水压低到洗不了澡 水表走得异常快 停水没有通知 管道爆裂淹了楼道 "
    "二次供水水箱有异味 用户过户手续复杂 水费账单重复扣款 高层夜里断供 消毒剂味道太浓 "
    "阀门漏了一个星期 抢修电话打不通",
}
FIRST = local("2025-09-01 09:00")


def requests() -> list[Labelled]:
    """Each matter in pairs of wordings at one street after another, an hour apart, in no order."""
    told: list[tuple[str, str]] = []
    for code, wordings in MATTERS.items():
        for n, (one, other) in enumerate(combinations(wordings.split(), 2)):
            words = f"{STREETS[n % len(STREETS)]}{one}，{other}。"
            told.append((code, words))
    Random(7).shuffle(told)
    return [
        Labelled(Sample(words[:12], words), code, FIRST + timedelta(hours=n)) for n, (code, words) in enumerate(told)
    ]


@cache
def lesson() -> tuple[LinearModel, Figures]:
    """Learned once for all tests of a process."""
    return training.train(training.material(requests()), lambda _share: None)


def trained(*, at: datetime, target: str = "category") -> SuggestionModel:
    """Asked for by Yan and trained, but not on."""
    model, figures = lesson()
    row = learning.ask_training(target, by=member("yan"), at=at)
    learning.begin(row, by=None, at=at)
    told = {**figures.as_json(), "learned": len(requests())}
    return learning.finish(row, by=None, at=at, figures=told, arrays=model.to_bytes())


def switched_on(*, at: datetime, target: str = "category") -> SuggestionModel:
    """Yan lets it propose."""
    return learning.switch_on(trained(at=at, target=target), by=member("yan"), at=at)
