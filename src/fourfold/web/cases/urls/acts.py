"""Acts, occasions, course of conduct, knowledge: URLs."""

from django.urls import URLPattern, URLResolver, include, path

from fourfold.web.cases.views import acts, course, knowledge, occasions, same_acts

_acts = [
    path("", acts.act_list, name="acts"),
    path("new/", acts.act_new, name="act_new"),
    path("same/", same_acts.pairs, name="acts_same"),
    path("table/", course.acts_table, name="acts_table"),
    path("<str:act_ref>/", acts.act_page, name="act"),
    path("<str:act_ref>/change/", acts.act_change, name="act_change"),
    path("<str:act_ref>/withdraw/", acts.act_withdraw, name="act_withdraw"),
    path("<str:act_ref>/source/", acts.act_source, name="act_source"),
    path("<str:act_ref>/join/<str:other_ref>/", same_acts.join, name="act_join"),
    path("<str:act_ref>/part/", same_acts.part, name="act_part"),
]
_occasions = [
    path("", occasions.occasion_list, name="occasions"),
    path("propose/", occasions.propose, name="occasions_propose"),
    path("confirm/", occasions.confirm, name="occasions_confirm"),
    path("merge/", occasions.merge, name="occasions_merge"),
    path("group/", occasions.group, name="occasions_group"),
    path("table/", course.occasions_table, name="occasions_table"),
    path("<str:occasion_ref>/", occasions.occasion_page, name="occasion"),
    path("<str:occasion_ref>/split/", occasions.split, name="occasion_split"),
    path("<str:occasion_ref>/dissolve/", occasions.dissolve, name="occasion_dissolve"),
]
_knowledge = [
    path("", knowledge.knowledge_list, name="knowledge"),
    path("new/", knowledge.knowledge_new, name="knowledge_new"),
    path("<str:knowledge_ref>/", knowledge.knowledge_change, name="knowledge_change"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("cases/<str:case_ref>/acts/", include(_acts)),
    path("cases/<str:case_ref>/occasions/", include(_occasions)),
    path("cases/<str:case_ref>/course/", course.course, name="course"),
    path("cases/<str:case_ref>/knowledge/", include(_knowledge)),
]
