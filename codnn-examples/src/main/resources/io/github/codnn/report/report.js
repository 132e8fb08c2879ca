"use strict";
(() => {
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const number = (element, name) => Number(element.getAttribute(name));

  // Theme: that of the system until the button is used.
  const theme = document.getElementById("theme");
  const isDark = () => (document.documentElement.dataset.theme
    || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  const name = () => { theme.textContent = isDark() ? "Light colours" : "Dark colours"; };
  theme.hidden = false;
  theme.addEventListener("click", () => {
    document.documentElement.dataset.theme = isDark() ? "light" : "dark";
    name();
  });
  name();

  // What stands before a place along one axis pushes it: blocks that unfolded take more room.
  const shifts = (grown) => {
    const steps = [];
    const at = (place) => {
      let shift = 0;
      for (const step of steps) {
        if (step.end <= place + 0.5) {
          shift = Math.max(shift, step.shift);
        }
      }
      return shift;
    };
    grown.sort((one, other) => one.end - other.end);
    for (const each of grown) {
      steps.push({ end: each.end, shift: at(each.start) + each.more });
    }
    return (place) => place + at(place);
  };

  const HEAD = 46;
  const EDGE = 8;

  // Reads the places of a drawing once; they are those with all blocks folded.
  const model = (group) => {
    const nodes = all(":scope > .node", group).map((element) => {
      const place = element.getAttribute("transform").match(/[-\d.]+/g).map(Number);
      const box = element.querySelector(":scope > .box");
      const inner = element.querySelector(":scope > .drawing");
      return { element, box, x: place[0], y: place[1], w: number(box, "width"), h: number(box, "height"),
        inner: inner && model(inner) };
    });
    const wires = all(":scope > .wire", group).map((element) => {
      const label = element.nextElementSibling;
      return { element, label: label && label.classList.contains("size") ? label : null,
        from: number(element, "data-from"), to: number(element, "data-to"),
        points: element.getAttribute("points").split(" ").filter(Boolean).map((pair) => pair.split(",").map(Number)) };
    });
    return { group, nodes, wires, w: number(group, "data-w"), h: number(group, "data-h") };
  };

  const arrange = (drawing) => {
    for (const node of drawing.nodes) {
      node.width = node.w;
      node.height = node.h;
      if (node.inner && node.element.classList.contains("open")) {
        const size = arrange(node.inner);
        node.width = Math.max(node.w, size.w + 2 * EDGE);
        node.height = HEAD + size.h + EDGE;
        node.inner.group.setAttribute("transform", `translate(${EDGE} ${HEAD})`);
      }
    }
    const grown = drawing.nodes.filter((node) => node.width > node.w || node.height > node.h);
    const x = shifts(grown.map((node) => ({ start: node.x, end: node.x + node.w, more: node.width - node.w })));
    const y = shifts(grown.map((node) => ({ start: node.y, end: node.y + node.h, more: node.height - node.h })));
    for (const node of drawing.nodes) {
      node.left = x(node.x);
      node.top = y(node.y);
      node.element.setAttribute("transform", `translate(${node.left} ${node.top})`);
      node.box.setAttribute("width", node.width);
      node.box.setAttribute("height", node.height);
    }
    for (const wire of drawing.wires) {
      const points = wire.points.map((point) => [x(point[0]), y(point[1])]);
      const last = points.length - 1;
      if (last > 0) {
        const from = drawing.nodes[wire.from];
        const to = drawing.nodes[wire.to];
        points[0] = [from.left + from.width, from.top + wire.points[0][1] - from.y];
        points[last] = [to.left, to.top + wire.points[last][1] - to.y];
        if (last > 1) {
          points[1][1] = wire.points[1][1] === wire.points[0][1] ? points[0][1] : points[1][1];
          points[last - 1][1] = wire.points[last - 1][1] === wire.points[last][1] ? points[last][1] : points[last - 1][1];
        }
        wire.element.setAttribute("points", points.map((point) => point.join(",")).join(" "));
        if (wire.label) {
          wire.label.setAttribute("x", points[last][0] - 4);
          wire.label.setAttribute("y", points[last][1] - 6);
        }
      }
    }
    return { w: x(drawing.w), h: y(drawing.h) };
  };

  const graph = (root) => {
    const canvas = root.querySelector(".canvas");
    const svg = root.querySelector(".net");
    const info = root.querySelector(".info");
    const top = model(svg.querySelector(".drawing"));
    const blocks = all(".block", svg);
    let size = { w: top.w, h: top.h };
    let zoom = 1;
    const more = () => {
      canvas.classList.toggle("more", canvas.scrollTop + canvas.clientHeight < canvas.scrollHeight - 4
        || canvas.scrollLeft + canvas.clientWidth < canvas.scrollWidth - 4);
    };
    const show = () => {
      svg.setAttribute("viewBox", `0 0 ${size.w} ${size.h}`);
      svg.setAttribute("width", size.w * zoom);
      svg.setAttribute("height", size.h * zoom);
      more();
    };
    canvas.addEventListener("scroll", more);
    const scale = (wanted) => {
      const next = Math.min(3, Math.max(0.1, wanted));
      const x = (canvas.scrollLeft + canvas.clientWidth / 2) / zoom;
      const y = (canvas.scrollTop + canvas.clientHeight / 2) / zoom;
      zoom = next;
      show();
      canvas.scrollLeft = x * zoom - canvas.clientWidth / 2;
      canvas.scrollTop = y * zoom - canvas.clientHeight / 2;
    };
    const fit = (least) => scale(Math.min(1, Math.max(least, canvas.clientWidth / size.w)));
    const toggle = (block, open) => {
      block.classList.toggle("open", open);
      // A button may not hold layers that take the focus; an unfolded block is a group of them.
      const isOpen = block.classList.contains("open");
      block.setAttribute("role", isOpen ? "group" : "button");
      block.toggleAttribute("aria-expanded", !isOpen);
      if (isOpen) {
        block.setAttribute("aria-roledescription", "unfolded block");
      } else {
        block.setAttribute("aria-expanded", "false");
        block.removeAttribute("aria-roledescription");
      }
    };
    const update = () => {
      size = arrange(top);
      show();
    };
    const visible = () => all(".node", svg).filter((node) => !node.parentElement.closest(".block:not(.open)"));
    const tell = (node) => { info.textContent = node.getAttribute("aria-label"); };
    const focus = (node) => {
      all(".node[tabindex='0']", svg).forEach((each) => each.setAttribute("tabindex", -1));
      node.setAttribute("tabindex", 0);
      node.focus({ preventScroll: true });
      const whole = !node.classList.contains("open");
      node.querySelector(whole ? ".box" : ".name").scrollIntoView({ block: "nearest", inline: "nearest" });
    };
    root.querySelector(".tools").hidden = false;
    const first = svg.querySelector(".node");
    if (first) {
      first.setAttribute("tabindex", 0);
    }
    const actions = {
      in: () => scale(zoom * 1.25),
      out: () => scale(zoom / 1.25),
      fit: () => fit(0.1),
      all: () => {
        const open = blocks.some((block) => !block.classList.contains("open"));
        blocks.forEach((block) => toggle(block, open));
        root.querySelector("[data-do=all]").textContent = open ? "Fold all" : "Unfold all";
        update();
      },
    };
    all("[data-do]", root).forEach((button) => {
      button.hidden = button.dataset.do === "all" && blocks.length === 0;
      button.addEventListener("click", () => actions[button.dataset.do]());
    });
    let dragged = false;
    svg.addEventListener("click", (event) => {
      const node = event.target.closest(".node");
      if (node && !dragged) {
        if (node.classList.contains("block")) {
          toggle(node);
          update();
        }
        focus(node);
      }
    });
    svg.addEventListener("pointerover", (event) => {
      const node = event.target.closest(".node");
      if (node) {
        tell(node);
      }
    });
    svg.addEventListener("focusin", (event) => {
      const node = event.target.closest(".node");
      if (node) {
        tell(node);
      }
    });
    svg.addEventListener("keydown", (event) => {
      const node = event.target.closest(".node");
      if (!node) {
        return;
      }
      const nodes = visible();
      const at = nodes.indexOf(node);
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (step) {
        focus(nodes[Math.min(nodes.length - 1, Math.max(0, at + step))]);
      } else if (event.key === "Home" || event.key === "End") {
        focus(nodes[event.key === "Home" ? 0 : nodes.length - 1]);
      } else if ((event.key === "Enter" || event.key === " ") && node.classList.contains("block")) {
        toggle(node);
        update();
        focus(node);
      } else {
        return;
      }
      event.preventDefault();
      event.stopPropagation();
    });
    canvas.addEventListener("wheel", (event) => {
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault();
        scale(zoom * Math.exp(-event.deltaY / 400));
      }
    }, { passive: false });
    canvas.addEventListener("pointerdown", (event) => {
      if (event.pointerType !== "mouse" || event.button !== 0) {
        return;
      }
      dragged = false;
      const start = { x: event.clientX + canvas.scrollLeft, y: event.clientY + canvas.scrollTop };
      const move = (moved) => {
        if (Math.abs(moved.clientX - event.clientX) + Math.abs(moved.clientY - event.clientY) > 4) {
          dragged = true;
          canvas.classList.add("dragged");
        }
        if (dragged) {
          canvas.scrollLeft = start.x - moved.clientX;
          canvas.scrollTop = start.y - moved.clientY;
        }
      };
      const end = () => {
        removeEventListener("pointermove", move);
        removeEventListener("pointerup", end);
        canvas.classList.remove("dragged");
      };
      addEventListener("pointermove", move);
      addEventListener("pointerup", end);
    });
    update();
    const begin = () => { if (canvas.clientWidth > 0) { fit(0.6); canvas.scrollLeft = 0; canvas.scrollTop = 0; } };
    begin();
    const details = root.closest("details");
    if (details) {
      details.addEventListener("toggle", begin, { once: true });
    }
  };
  all(".graph").forEach(graph);

  // Tables and charts that are wider than the page say so.
  all(".scroll").forEach((box) => {
    const rest = document.createElement("p");
    rest.className = "info rest";
    rest.textContent = "Scroll for the rest.";
    box.after(rest);
    const more = () => { rest.hidden = box.scrollLeft + box.clientWidth >= box.scrollWidth - 4; };
    box.addEventListener("scroll", more);
    new ResizeObserver(more).observe(box);
    more();
  });

  // The bars of one frame belong together.
  all(".gantt").forEach((gantt) => {
    const info = gantt.closest("section").querySelector(".info:not(.rest)");
    const hint = info.textContent;
    gantt.addEventListener("pointerover", (event) => {
      const bar = event.target.closest(".busy");
      gantt.classList.toggle("dim", Boolean(bar));
      info.textContent = bar ? bar.getAttribute("aria-label") : hint;
      all(".busy", gantt).forEach((each) =>
        each.classList.toggle("hot", Boolean(bar) && each.dataset.frame === bar.dataset.frame));
    });
    gantt.addEventListener("pointerleave", () => {
      gantt.classList.remove("dim");
      info.textContent = hint;
    });
  });
})();
