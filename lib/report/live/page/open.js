// Shows the way to the bench. The bench itself is loaded when somebody asks for it.
(() => {
  const bench = document.getElementById("bench");
  const open = () => {
    const script = document.createElement("script");
    script.src = "live/page.js";
    script.onerror = () => {
      bench.textContent =
        "live/page.js is missing beside this page: copy the whole folder, or make the report again.";
    };
    bench.textContent = "Loading …";
    document.head.append(script);
  };
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Open the bench";
  button.onclick = open;
  bench.append(button);
  // An address with an experiment in it was sent by somebody.
  if (/[?&](break|text)=/.test(location.search)) open();
})();
