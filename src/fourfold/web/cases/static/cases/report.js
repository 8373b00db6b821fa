// Adds empty rows for identifiers without sending the page. Without it, "Save and add more" does.
const rows = document.querySelector("[data-identifier-rows]");
const button = document.querySelector("[data-add-row]");
const total = document.querySelector("#id_identifiers-TOTAL_FORMS");

/** Renumbers whatever names a row: names, ids, labels and descriptions. */
function renumber(row, number) {
  for (const element of row.querySelectorAll("*")) {
    for (const name of ["name", "id", "for", "aria-describedby"]) {
      const value = element.getAttribute(name);
      if (value) element.setAttribute(name, value.replace(/identifiers-\d+-/g, `identifiers-${number}-`));
    }
  }
  row.querySelector("legend").textContent = `Identifier ${number + 1}`;
}

/** Empties a row that was copied. */
function empty(row) {
  for (const input of row.querySelectorAll("input")) {
    if (input.type === "checkbox") input.checked = false;
    else input.value = "";
  }
  for (const select of row.querySelectorAll("select")) select.selectedIndex = 0;
}

function addRow() {
  const number = Number(total.value);
  if (number >= Number(button.dataset.most)) return;
  const row = rows.lastElementChild.cloneNode(true);
  renumber(row, number);
  empty(row);
  rows.append(row);
  total.value = String(number + 1);
  row.querySelector("input[type='text']").focus();
}

if (rows && button && total) {
  button.hidden = false;
  button.addEventListener("click", addRow);
}
