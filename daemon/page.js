"use strict";
(function () {
  var table = document.getElementById("bang");
  var made = document.body.getAttribute("data-made") * 1000;
  var old = document.getElementById("cu");
  if (old && Date.now() - made > 3 * 3600 * 1000) old.hidden = false;
  if (!table || !table.tHead) return;
  var tools = document.getElementById("loc");
  var find = document.getElementById("tim");
  var shown = document.getElementById("so");
  var buttons = tools.querySelectorAll("button");
  var wanted = "";

  function bare(s) {
    return s.toLowerCase().normalize("NFD")
      .replace(/[\u0300-\u036f]/g, "").replace(/\u0111/g, "d");
  }
  var rows = [];
  Array.prototype.forEach.call(table.tBodies, function (body) {
    Array.prototype.forEach.call(body.rows, function (tr, i) {
      if (!tr.classList.contains("grp"))
        rows.push({ tr: tr, text: bare(tr.cells[1].textContent), at: i });
    });
  });
  function apply() {
    var words = bare(find.value).split(/\s+/), n = 0;
    rows.forEach(function (r) {
      var ok = (!wanted || r.tr.classList.contains(wanted)) &&
        words.every(function (w) { return r.text.indexOf(w) >= 0; });
      r.tr.hidden = !ok;
      n += ok ? 1 : 0;
    });
    Array.prototype.forEach.call(table.tBodies, function (body) {
      var head = body.querySelector(".grp");
      if (head) head.hidden = !body.querySelector("tr:not(.grp):not([hidden])");
    });
    shown.textContent = n + "/" + rows.length;
  }
  Array.prototype.forEach.call(buttons, function (b) {
    b.addEventListener("click", function () {
      wanted = b.getAttribute("data-k");
      Array.prototype.forEach.call(buttons, function (o) {
        o.setAttribute("aria-pressed", o === b);
      });
      apply();
    });
  });
  find.addEventListener("input", apply);

  function value(tr, i) {
    var c = tr.cells[i], v = c.getAttribute("data-v");
    return v === null ? c.textContent.trim() : +v;
  }
  function order(th, i) {
    var down = th.getAttribute("aria-sort") === "ascending";
    Array.prototype.forEach.call(table.tHead.rows[0].cells, function (o) {
      o.removeAttribute("aria-sort");
    });
    th.setAttribute("aria-sort", down ? "descending" : "ascending");
    Array.prototype.forEach.call(table.tBodies, function (body) {
      var list = rows.filter(function (r) { return r.tr.parentNode === body; });
      list.sort(function (a, b) {
        var x = value(a.tr, i), y = value(b.tr, i), d;
        if (typeof x === "number" && typeof y === "number") d = x - y;
        else d = String(x).localeCompare(String(y), "vi", { numeric: true });
        return (down ? -d : d) || a.at - b.at;
      });
      list.forEach(function (r) { body.appendChild(r.tr); });
    });
  }
  Array.prototype.forEach.call(table.tHead.rows[0].cells, function (th, i) {
    /* no <button>: it is not painted where a page repeats the head */
    var b = document.createElement("span");
    b.setAttribute("role", "button");
    b.tabIndex = 0;
    b.title = th.textContent + ": " + table.getAttribute("data-sort");
    while (th.firstChild) b.appendChild(th.firstChild);
    th.appendChild(b);
    b.addEventListener("click", function () { order(th, i); });
    b.addEventListener("keydown", function (e) {
      if (e.key !== "Enter" && e.key !== " ") return;
      e.preventDefault();
      order(th, i);
    });
  });
  tools.hidden = false;
  apply();
})();
