import type * as TS from "typescript";
import { repeated } from "../../claims/names.ts";
import { ts } from "./typescript.ts";

/** The code of a spec file, without comments, however it is wrapped. */
export interface Code {
  /** That of each claim which is a statement of its own and has its id written there, by that id. */
  readonly claims: ReadonlyMap<string, string>;
  /** All other code but prose. */
  readonly rest: string;
}

/** A statement that makes a claim. */
interface Made {
  readonly statement: TS.Statement;
  readonly call: TS.CallExpression;
  readonly id: string;
  /** Of the constant that its handle is, if it is kept. */
  readonly name?: string;
  /** What a handle hangs on: the claim's id and its units. */
  readonly handle: string;
}

/** What prose is written with. */
const PROSE = ["say", "aside", "caveat", "short", "wouldChange", "tryBreaking", "part"];

/**
 * The ids of the claims of a spec file that a save cannot have changed, where nothing else that the
 * file can reach was saved: their own code is the same, and so is all other code but prose and other
 * claims, of which handles alone can be seen. As wherever a claim is run by itself, measures are
 * taken to leave nothing behind for each other. Where either text is none that can be read, there is none.
 */
export function unchangedClaims(then: Code | undefined, now: Code | undefined): string[] {
  if (!then || then.rest !== now?.rest) return [];
  const same = [...now.claims].filter(([id, code]) => then.claims.get(id) === code);
  return same.map(([id]) => id);
}

/** Reads a spec file; undefined where it cannot be parsed, or two claims have one id. */
export function readCode(text: string): Code | undefined {
  const file = ts.createSourceFile("spec.ts", text, ts.ScriptTarget.Latest, true);
  const made = [...claimsIn(file)];
  if (hasErrors(file) || repeated(made.map(({ id }) => id)).length > 0) return undefined;
  const apart = new Set<TS.Node>(made.map(({ statement }) => statement));
  const handles = new Map(made.flatMap(({ name, handle }) => name ? [[name, handle]] : []));
  const code = (tree: TS.Node) => codeOf(tree, apart, handles);
  return { claims: new Map(made.map(({ id, call }) => [id, code(call)])), rest: code(file) };
}

function* claimsIn(node: TS.Node): Generator<Made> {
  const made = claimIn(node);
  if (made) yield made;
  else for (const child of node.getChildren()) yield* claimsIn(child);
}

function claimIn(node: TS.Node): Made | undefined {
  const constant = ts.isVariableStatement(node) ? constantIn(node) : undefined;
  const call = ts.isExpressionStatement(node) ? node.expression : constant?.initializer;
  if (!call || !ts.isCallExpression(call) || !isNamed(call.expression, ["claim", "refuted"])) {
    return;
  }
  const [, input] = call.arguments;
  if (!input || !ts.isObjectLiteralExpression(input)) return;
  const id = input.properties.find(({ name }) => name && isNamed(name, ["id"]));
  if (!id || !ts.isPropertyAssignment(id) || !ts.isStringLiteral(id.initializer)) return;
  // What is spread, or has a name that is worked out, could be either.
  const hangsOn = input.properties.filter(({ name }) =>
    !name || !ts.isIdentifier(name) || isNamed(name, ["id", "units"])
  );
  const handle = hangsOn.map((part) => codeOf(part)).join();
  const statement = node as TS.Statement;
  return { statement, call, id: id.initializer.text, name: constant?.name.getText(), handle };
}

function constantIn({ declarationList }: TS.VariableStatement): TS.VariableDeclaration | undefined {
  const { declarations: [first, ...others], flags } = declarationList;
  const isOne = others.length === 0 && ts.isIdentifier(first.name) && flags & ts.NodeFlags.Const;
  return isOne ? first : undefined;
}

function isProse(node: TS.Node): boolean {
  if (!ts.isExpressionStatement(node)) return false;
  const { expression } = node;
  if (ts.isCallExpression(expression)) return isNamed(expression.expression, ["part"]);
  if (!ts.isTaggedTemplateExpression(expression)) return false;
  const { tag } = expression;
  return isNamed(ts.isCallExpression(tag) ? tag.expression : tag, PROSE);
}

function isNamed(node: TS.Node, names: readonly string[]): boolean {
  return ts.isIdentifier(node) && names.includes(node.text);
}

/** The code of a tree, and of no other, without some parts; with each name of a handle stands that. */
function codeOf(
  tree: TS.Node,
  apart: ReadonlySet<TS.Node> = new Set(),
  handles: ReadonlyMap<string, string> = new Map(),
): string {
  const shape = (node: TS.Node): unknown => {
    if (ts.isIdentifier(node)) return [node.text, handles.get(node.text)];
    const parts = node.getChildren();
    if (parts.length === 0) return node.getText();
    const shown = parts.filter((part) => !ts.isJSDoc(part) && !apart.has(part) && !isProse(part));
    return [node.kind, ...shown.map(shape)];
  };
  return JSON.stringify(shape(tree));
}

function hasErrors(file: TS.SourceFile): boolean {
  const { parseDiagnostics } = file as { parseDiagnostics?: readonly unknown[] };
  return parseDiagnostics?.length !== 0;
}
