/** Lets the tables of sabotage.html be sorted. It runs in a page, and needs nothing but that. */
(() => {
  const grid = document.querySelector(".matrix");
  const body = grid.tBodies[0];
  const rows = [...body.rows];
  const order = [...grid.tHead.rows[0].cells].map((_, i) => i).slice(1);
  const noticed = (cells) => cells.filter((cell) => cell.className === "n").length;
  const ofRow = new Map(rows.map((row) => [row, noticed([...row.cells])]));
  const ofColumn = order.map((i) => noticed(rows.map((row) => row.cells[i])));
  const columns = new Map([grid.tHead.rows[0], ...rows].map((row) => [row, [...row.cells]]));

  const sorts = { given: 0, most: -1, least: 1 };
  document.querySelector(".sorting").hidden = false;
  for (const button of document.querySelectorAll("[data-sort]")) {
    button.addEventListener("click", () => {
      const sign = sorts[button.dataset.sort];
      const across = order.toSorted((a, b) => sign * (ofColumn[a - 1] - ofColumn[b - 1]));
      const down = rows.toSorted((a, b) => sign * (ofRow.get(a) - ofRow.get(b)));
      for (const [row, cells] of columns) row.append(...across.map((i) => cells[i]));
      body.append(...down);
    });
  }

  const pointed = document.querySelector("#pointed");
  grid.addEventListener("pointerover", ({ target }) => {
    if (target.tagName !== "TD") return;
    const claim = grid.tHead.rows[0].cells[target.cellIndex].textContent;
    const words = { n: "is noticed by", s: "is not noticed by", c: "crashes" };
    const said = words[target.className] ?? "was not asked of";
    pointed.textContent = `${target.parentElement.cells[0].textContent} ${said} ${claim}`;
  });

  for (const table of document.querySelectorAll(".sortable")) {
    [...table.tHead.rows[0].cells].forEach((cell, i) => {
      const button = document.createElement("button");
      button.textContent = cell.textContent;
      button.addEventListener("click", () => sortBy(table, cell, i));
      cell.replaceChildren(button);
    });
  }

  function sortBy(table, head, column) {
    const rising = head.ariaSort !== "ascending";
    for (const cell of head.parentElement.cells) cell.removeAttribute("aria-sort");
    head.ariaSort = rising ? "ascending" : "descending";
    const text = (row) => row.cells[column].textContent;
    const compare = (a, b) => text(a).localeCompare(text(b), "en", { numeric: true });
    const sorted = [...table.tBodies[0].rows].sort(compare);
    table.tBodies[0].append(...(rising ? sorted : sorted.reverse()));
  }
})();
