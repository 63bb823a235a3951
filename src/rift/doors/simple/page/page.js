// Draws a form for each operation of the OpenAPI document, and sends what is filled in.

const token = document.getElementById("token");
const list = document.getElementById("operations");

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function resolve(api, schema) {
  const name = schema.$ref?.split("/").pop();
  return name ? api.components.schemas[name] : schema;
}

function example(api, given) {
  const schema = resolve(api, given);
  if (schema.default !== undefined && schema.default !== null) return schema.default;
  if (schema.enum) return schema.enum[0];
  if (schema.anyOf) return example(api, schema.anyOf[0]);
  if (schema.type === "object") {
    const required = (schema.required ?? []).map((name) => [name, schema.properties[name]]);
    return Object.fromEntries(required.map(([name, field]) => [name, example(api, field)]));
  }
  return { string: "", integer: 0, number: 0, boolean: false, array: [] }[schema.type] ?? null;
}

function field(id, name, hint) {
  const input = element("input", { id, autocomplete: "off", spellcheck: false });
  input.placeholder = hint;
  return { input, nodes: [element("label", { htmlFor: id }, name), input] };
}

async function send(method, path, fields, body, output) {
  let filled = path;
  const query = new URLSearchParams();
  for (const { place, name, input } of fields) {
    if (place === "path") filled = filled.replace(`{${name}}`, encodeURIComponent(input.value));
    else if (input.value) query.append(name, input.value);
  }
  const headers = token.value ? { Authorization: `Bearer ${token.value}` } : {};
  const options = { method, headers };
  if (body) {
    headers["Content-Type"] = "application/json";
    options.body = body.value;
  }
  const address = `/api${filled}${query.size ? `?${query}` : ""}`;
  try {
    const response = await fetch(address, options);
    const text = await response.text();
    const json = text ? JSON.parse(text) : null;
    if (json?.access_token) token.value = json.access_token;
    output.textContent = `${response.status} ${method} ${address}\n\n${JSON.stringify(json, null, 2)}`;
  } catch (error) {
    output.textContent = `No answer that could be read: ${error.message}`;
  }
  output.hidden = false;
}

function operationForm(api, method, path, operation) {
  const id = `${method}${path}`.replaceAll(/\W+/g, "-");
  const fields = operation.parameters.map((parameter) => {
    const { name, in: place, required } = parameter;
    const made = field(`${id}-${name}`, name, required ? "required" : "optional");
    return { place, name, ...made };
  });
  const form = element("form", {}, ...fields.flatMap(({ nodes }) => nodes));
  const schema = operation.requestBody?.content["application/json"].schema;
  let body = null;
  if (schema) {
    const known = Object.keys(resolve(api, schema).properties ?? {}).join(", ");
    body = element("textarea", { id: `${id}-body`, spellcheck: false });
    body.value = JSON.stringify(example(api, schema), null, 2);
    form.append(element("label", { htmlFor: body.id }, "Body"), body);
    form.append(element("p", { className: "hint" }, `Fields: ${known}`));
  }
  const output = element("pre", { hidden: true });
  output.setAttribute("aria-live", "polite");
  form.append(element("button", { type: "submit" }, "Send"), output);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(method, path, fields, body, output);
  });
  const heading = element("summary", {}, element("code", {}, `${method} ${path}`));
  heading.append(operation.summary);
  return element("details", {}, heading, form);
}

function draw(api) {
  const groups = new Map();
  for (const [path, operations] of Object.entries(api.paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      const group = path.split("/")[1];
      if (!groups.has(group)) groups.set(group, []);
      groups.get(group).push(operationForm(api, method.toUpperCase(), path, operation));
    }
  }
  for (const [name, forms] of groups) list.append(element("h2", {}, name), ...forms);
  list.removeAttribute("aria-busy");
}

const response = await fetch("/api/docs/openapi.json");
draw(await response.json());
