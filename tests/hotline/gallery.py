"""One page with every component in every state, and the addresses to serve it at."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace as Thing
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path
from django.utils import timezone
from django.utils.safestring import mark_safe

from hotline.measures import Ratio


class ReplyForm(forms.Form):
    until = forms.CharField(label="后续措施与确定日期", help_text="市民会看到这个日期")
    kind = forms.ChoiceField(
        label="反映是否属实", widget=forms.RadioSelect, choices=[("y", "属实"), ("p", "部分"), ("n", "不属实")]
    )
    unit = forms.ChoiceField(label="未完全解决的原因", choices=[("w", "需工程施工")], required=False)
    told = forms.BooleanField(label="复述诉求并获确认", required=False)
    choice = forms.ChoiceField(
        label="满意吗", widget=forms.RadioSelect, choices=[("3", "满意"), ("2", "基本满意"), ("1", "不满意")]
    )

    def clean_until(self) -> str:
        raise forms.ValidationError("请写具体日期，例如 2026-03-27")


def shell(**more: Any) -> Thing:
    nav = [("待办工单", True, None), ("审批", False, 4), ("已办结", False, None), ("知识维护", False, None)]
    return Thing(
        brand="云州市 12345 热线",
        nav=[Thing(label=label, url="#", active=active, count=n, level="") for label, active, n in nav],
        home_url="/",
        search_url="/search/",
        counted_up_to=99,
        sign_out_url="/sign-out/",
        device_key="MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
        links=[Thing(label="换一个身份", url="#", icon="users")],
        **more,
    )


def row(number: str, title: str, left: int, level: str, now: datetime, **more: Any) -> Thing:
    given: dict[str, Any] = {
        "flags": [],
        "place": "市政设施 › 井盖 · 主办",
        "state": "待签收",
        "tone": "",
        "people": 6,
        "act": "派单",
        "at": now - timedelta(hours=2),
    }
    return Thing(number=number, title=title, left=time_left(left, level, now), **(given | more))


def time_left(seconds: int, level: str, now: datetime) -> Thing:
    due_at, until = now + timedelta(seconds=seconds), now + timedelta(hours=2)
    return Thing(seconds=seconds, level=level, soon=14400, until=until, day=86400, due_at=due_at)


def clocks(now: datetime) -> list[Thing]:
    return [
        Thing(
            title="市民承诺",
            level="ok",
            state="正常",
            remaining="剩 2 天 6 小时",
            due_at=now + timedelta(days=3),
            share=0.41,
            rule="5 个工作日，受理起算，不因退单暂停",
        ),
        Thing(
            title="本环节：主办答复",
            level="soon",
            state="将到期",
            remaining="剩 3 小时 20 分",
            due_at=now + timedelta(hours=3),
            share=0.76,
            rule="2 个工作日，签收起算，已延期 0 次",
        ),
    ]


def tree(now: datetime) -> list[Thing]:
    def node(name: str, role: str, **more: Any) -> Thing:
        given: dict[str, Any] = {
            "note": "3 月 12 日 15:44 签收 · 市政科",
            "current": False,
            "past": False,
            "left": None,
            "done": "",
            "children": [],
        }
        return Thing(name=name, role=role, **(given | more))

    lead = node(
        "市城市管理局",
        "主办",
        current=True,
        left=time_left(12000, "soon", now),
        children=[node("市政养护中心", "下派", done="已反馈")],
    )
    late = node("东湖区政府", "协办", left=time_left(-7200, "late", now))
    returned = node("青山街道", "主办", past=True, done="退单已准", note="职责不属于本单位")
    return [
        node(
            "热线办",
            "",
            left=time_left(194400, "ok", now),
            note="",
            children=[lead, node("市水务局", "协办", done="已反馈"), late, returned],
        )
    ]


def timeline(now: datetime) -> list[Thing]:
    kinds = [
        ("cur", "等待主办答复"),
        ("", "协办反馈"),
        ("warn", "黄牌预警"),
        ("late", "红牌"),
        ("read", "查看电话"),
        ("done", "已登记"),
        ("todo", "答复您，再请您评价"),
    ]
    return [
        Thing(
            kind=kind,
            title=title,
            detail="市水务局",
            at=None if kind == "todo" else now - timedelta(days=days),
            note="检测报告" if kind != "todo" else "",
        )
        for days, (kind, title) in enumerate(kinds)
    ]


def context() -> dict[str, Any]:
    now = timezone.now()
    person = Thing(label="经办人 07")
    return {
        "request": Thing(
            membership=Thing(
                withheld=[],
                pk="1",
                user=person,
                organisation=Thing(label="市城市管理局", path="c.gallery"),
                role="handler",
                get_role_display="经办",
                can=lambda _capability: False,
            ),
            get_full_path="/",
        ),
        "shell": shell(),
        "clocks": clocks(now),
        "neighbours": Thing(position=5, total=64, previous_url="#", next_url="#"),
        "form": ReplyForm({"until": "尽快解决", "kind": "p", "choice": "3"}),
        "stages": [
            {"words": "草拟 3-03", "state": "done"},
            {"words": "甲方裁定，3-18 前", "state": "cur"},
            {"words": "签认锁定", "state": ""},
        ],
        "rate": Ratio(18311, 18796, 212),
        "few": Ratio(4, 5, 0),
        "none": Ratio(0, 0, 0),
        "rows": [
            row(
                "20260309-01180",
                "建设街窨井盖缺失，夜间有人绊倒",
                -18000,
                "late",
                now,
                flags=[("红牌", "late"), ("督办", "late")],
                state="办理中",
                tone="act",
            ),
            row("20260313-00388", "锦绣花园旁工地夜间施工", 3960, "soon", now, flags=[("第 2 次反映", "soon")]),
            row(
                "20260312-00873",
                "餐饮店油烟直排居民楼",
                183600,
                "ok",
                now,
                flags=[("保密", "int")],
                state="已办结",
                tone="done",
            ),
        ],
        "citizen": Thing(masked_name="李女士", masked_phone="138 **** 6021"),
        "reveal": Thing(url="#", reasons=[("visit", "上门核实地址")], note="显示 5 分钟。已被查看 2 次"),
        "tree": tree(now),
        "timeline": timeline(now),
        "pager": Thing(words="第 1–10 件，共 64 件", previous_url="", next_url="#"),
        "money": Decimal("-8569.80"),
    }


def page(template: str) -> Callable[[HttpRequest], HttpResponse]:
    def shown(request: HttpRequest) -> HttpResponse:
        given = context()
        request.membership = given.pop("request").membership  # type: ignore[attr-defined]
        messages.success(request, mark_safe("<b>已签收 2 件。</b>"))
        messages.error(request, "1 件未成功：已被改派给市水务局。")
        return render(request, template, given)

    return shown


PROBLEMS = ("400", "403", "403_csrf", "404", "413", "500", "503")
urlpatterns = [
    path("i18n/", include("django.conf.urls.i18n")),
    path("", page("components/gallery.html")),
    path("public/", page("components/gallery_public.html")),
    *[path(f"{name}/", page(f"{name}.html")) for name in PROBLEMS],
]
