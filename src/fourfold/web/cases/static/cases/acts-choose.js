// Chooses all or none of the proposed occasions of the page. Without this, a link does the same.
const holder = document.querySelector("[data-choose-all]");
if (holder) {
  const name = holder.dataset.chooseAll;
  const boxes = [...document.querySelectorAll(`input[name="${name}"][data-state="proposed"]`)];
  const button = document.createElement("button");
  button.type = "button";
  button.className = "ff-link-button";
  const say = () => {
    const isAll = boxes.length > 0 && boxes.every((box) => box.checked);
    button.textContent = isAll ? "Choose none on this page" : "Choose all proposed on this page";
    return isAll;
  };
  button.addEventListener("click", () => {
    const isAll = say();
    boxes.forEach((box) => {
      box.checked = !isAll;
    });
    say();
  });
  boxes.forEach((box) => box.addEventListener("change", say));
  say();
  holder.replaceChildren(button);
  holder.hidden = boxes.length === 0;
}
