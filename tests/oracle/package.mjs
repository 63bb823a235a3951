// Prints the schemas and operations of the npm package discord-api-spec as JSON Schema.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { registry, toJSONSchema } from "zod/v4/core";
import * as package_ from "discord-api-spec/zod";

const typesFile = fileURLToPath(import.meta.resolve("discord-api-spec")).replace(/js$/, "ts");
const REF = "#/components/schemas/";

function schemas() {
  const named = registry();
  for (const [name, schema] of Object.entries(package_)) {
    if (name.endsWith("Schema")) named.add(schema, { id: name.slice(0, -"Schema".length) });
  }
  const options = { io: "input", unrepresentable: "any", uri: (id) => REF + id };
  return toJSONSchema(named, options).schemas;
}

// A response's TypeScript type as JSON Schema; null stands for "no body".
function fromType(node) {
  if (ts.isParenthesizedTypeNode(node)) return fromType(node.type);
  if (ts.isUnionTypeNode(node)) return { anyOf: node.types.map(fromType) };
  if (ts.isArrayTypeNode(node)) return { type: "array", items: fromType(node.elementType) };
  if (ts.isLiteralTypeNode(node)) return fromLiteral(node.literal);
  if (ts.isTypeLiteralNode(node)) return fromMembers(node.members);
  if (ts.isTypeReferenceNode(node)) return fromReference(node);
  switch (node.kind) {
    case ts.SyntaxKind.StringKeyword: return { type: "string" };
    case ts.SyntaxKind.NumberKeyword: return { type: "number" };
    case ts.SyntaxKind.BooleanKeyword: return { type: "boolean" };
    case ts.SyntaxKind.UnknownKeyword: return null;
  }
  throw new Error(`no schema for the type ${node.getText()}`);
}

function fromReference(node) {
  const name = node.typeName.getText();
  if (name !== "Record") return { $ref: REF + name };
  return { type: "object", additionalProperties: fromType(node.typeArguments[1]) };
}

function fromLiteral(literal) {
  if (literal.kind === ts.SyntaxKind.NullKeyword) return { type: "null" };
  return { const: JSON.parse(literal.getText()) };
}

function fromMembers(members) {
  const index = members.find(ts.isIndexSignatureDeclaration);
  if (index) return { type: "object", additionalProperties: fromType(index.type) };
  return {
    type: "object",
    properties: Object.fromEntries(members.map((m) => [m.name.text, fromType(m.type) ?? {}])),
    required: members.filter((m) => !m.questionToken).map((m) => m.name.text),
  };
}

function operations() {
  const source = ts.createSourceFile(
    typesFile, readFileSync(typesFile, "utf8"), ts.ScriptTarget.Latest, true,
  );
  const paths = source.statements.find(
    (s) => ts.isInterfaceDeclaration(s) && s.name.text === "Paths",
  );
  const found = {};
  for (const path of paths.members) {
    found[path.name.text] = {};
    for (const method of path.type.members) {
      const responses = method.type.members.find((m) => m.name.text === "responses");
      found[path.name.text][method.name.text] = Object.fromEntries(
        responses.type.members.map((r) => [r.name.text, fromType(r.type)]),
      );
    }
  }
  return found;
}

process.stdout.write(JSON.stringify({ schemas: schemas(), operations: operations() }));
