// Shows only the questions of the kind that is chosen; without this all of them stand there.
const questions = [...document.querySelectorAll("[data-kinds]")];
const choices = [...document.querySelectorAll("input[name=given]")];

function show() {
  const chosen = choices.find((choice) => choice.checked)?.value;
  for (const question of questions) {
    const belongs = question.dataset.kinds.split(" ").includes(chosen);
    question.closest(".govuk-form-group").hidden = !belongs;
  }
}

for (const choice of choices) choice.addEventListener("change", show);
show();
