"""Figures: compute one, look at its rows, sign it, publish it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from fourfold.web.measures.actions import computing, publishing
from fourfold.web.measures.forms.figures import ComputeForm, SignForm
from fourfold.web.measures.models import ComputedFigure
from fourfold.web.measures.rules.counting import BadRowsError
from fourfold.web.measures.selectors import overviews
from fourfold.web.measures.selectors.figures import definition_of
from fourfold.web.measures.selectors.loading import computedfigure_by_ref
from fourfold.web.measures.selectors.releases import reason_to_come
from fourfold.web.measures.selectors.running import MeasureFailedError
from fourfold.web.measures.views.measures import definition_or_404
from fourfold.web.users.access import actor_of, needs, see
from fourfold.web.users.step_up import grave


@needs("measure.compute")
def compute(request: HttpRequest, name: str) -> HttpResponse:
    """Compute a measure for the own force."""
    definition = definition_or_404(name)
    form = ComputeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actor = actor_of(request)
        try:
            made = computing.compute(
                actor=actor, measure=name, force=actor.force, period=form.period()
            )
        except (computing.NotMeasurableError, MeasureFailedError, BadRowsError) as error:
            form.add_error(None, f"It was not computed: {error}.")
        else:
            messages.success(request, "The figure is computed. Look at its rows before you sign.")
            return redirect("measures:figure", computedfigure_ref=made.ref)
    context = {"definition": definition, "form": form}
    return render(request, "measures/compute.html", context, status=400 if form.errors else 200)


@needs("figure.open", computedfigure_by_ref)
def figure(request: HttpRequest, figure: ComputedFigure, **_: str) -> HttpResponse:
    """Show a figure of the own force with the rows it was counted from."""
    actor = actor_of(request)
    context = {
        "figure": figure,
        "view": overviews.figure_view(actor, figure),
        "may_sign": see(actor, "figure.sign", figure),
        "may_publish": see(actor, "figure.publish", figure),
    }
    return render(request, "measures/figure.html", context)


@grave
@needs("figure.sign", computedfigure_by_ref, look="figure.open")
def sign(request: HttpRequest, figure: ComputedFigure, **_: str) -> HttpResponse:
    """Sign a figure, in a post."""
    form = SignForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            computing.sign(actor=actor_of(request), figure=figure, signing=form.signing())
            messages.success(request, "The figure is signed.")
        except computing.AlreadySignedError as error:
            messages.warning(request, str(error))
        return redirect("measures:figure", computedfigure_ref=figure.ref)
    context = {
        "figure": figure,
        "view": overviews.figure_view(actor_of(request), figure),
        "form": form,
    }
    return render(request, "measures/sign.html", context, status=400 if form.errors else 200)


@grave
@needs("figure.publish", computedfigure_by_ref, look="figure.open")
def publish(request: HttpRequest, figure: ComputedFigure, **_: str) -> HttpResponse:
    """Publish a signed figure; show first whether the number itself goes out."""
    if request.method == "POST":
        try:
            done = publishing.publish_figure(actor=actor_of(request), figure=figure)
        except (
            publishing.NotSignedError, publishing.AlreadyPublishedError,
            publishing.NoRegisterEntryError,
        ) as error:  # fmt: skip
            messages.warning(request, str(error))
        else:
            said = "as withheld: the number is not in it" if done.is_suppressed else "as it stands"
            messages.success(request, f"The figure is published, {said}.")
        return redirect("measures:figure", computedfigure_ref=figure.ref)
    context = {
        "figure": figure,
        "view": overviews.figure_view(actor_of(request), figure),
        "withheld_because": reason_to_come(figure, definition_of(figure)),
    }
    return render(request, "measures/publish.html", context)
