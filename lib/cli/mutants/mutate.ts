import ts from "typescript";

/** A small change to the code of a file. */
export interface Mutant {
  /** From the project's root. */
  readonly file: string;
  /** Where, counted from 1. */
  readonly line: number;
  /** That line, without what it is indented by. */
  readonly within: string;
  /** What kind of change. */
  readonly kind: string;
  /** The code as it was. */
  readonly before: string;
  /** What takes its place. */
  readonly after: string;
  /** The whole file with it. */
  readonly source: string;
}

/** What takes the place of some code. */
interface Change {
  readonly kind: string;
  readonly node: ts.Node;
  readonly after: string;
}

/** Operators, and what somebody in a hurry might have written. */
const OPERATORS: Readonly<Record<string, string>> = {
  "+": "-",
  "-": "+",
  "*": "/",
  "/": "*",
  "**": "*",
  "<": "<=",
  "<=": "<",
  ">": ">=",
  ">=": ">",
  "===": "!==",
  "!==": "===",
  "&&": "||",
  "||": "&&",
};

/** Operations of a graph, likewise. */
const OPERATIONS: Readonly<Record<string, string>> = {
  add: "sub",
  sub: "add",
  mul: "div",
  div: "mul",
  mean: "sum",
  sin: "cos",
  cos: "sin",
  sqrt: "abs",
  max: "min",
  min: "max",
};

/** Functions of two arguments that give the same whichever comes first. */
const EITHER_WAY = new Set(["add", "mul", "max", "min", "equal"]);

/** Every small change to a file, in the order of its code. What only words an error is left alone. */
export function mutantsOf(file: string, source: string): Mutant[] {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const lines = source.split("\n");
  return [...changesIn(tree, tree)].map(({ kind, node, after }) => {
    const [start, end] = [node.getStart(tree), node.getEnd()];
    const { line } = tree.getLineAndCharacterOfPosition(start);
    return {
      file,
      kind,
      line: line + 1,
      within: lines[line].trim(),
      before: source.slice(start, end),
      after,
      source: source.slice(0, start) + after + source.slice(end),
    };
  });
}

function* changesIn(node: ts.Node, tree: ts.SourceFile): Generator<Change> {
  if (isBeside(node)) return;
  yield* changesOf(node, tree);
  for (const child of node.getChildren(tree)) yield* changesIn(child, tree);
}

/** Types, imports and what words an error: nothing that runs, or nothing that is claimed. */
function isBeside(node: ts.Node): boolean {
  return ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isExportDeclaration(node) ||
    ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node) ||
    ts.isThrowStatement(node) || ts.isTemplateExpression(node) || ts.isJSDoc(node);
}

function changesOf(node: ts.Node, tree: ts.SourceFile): Change[] {
  const text = (part: ts.Node) => part.getText(tree);
  if (ts.isBinaryExpression(node)) return ofBinary(node, text);
  if (ts.isCallExpression(node)) return ofCall(node, text);
  if (ts.isConditionalExpression(node)) {
    const { condition, whenTrue, whenFalse } = node;
    const after = `${text(condition)} ? ${text(whenFalse)} : ${text(whenTrue)}`;
    return [{ kind: "branches swapped", node, after }];
  }
  if (ts.isNumericLiteral(node)) {
    const after = node.text === "0" ? "1" : `(${text(node)} * 2)`;
    return [{ kind: "constant changed", node, after }];
  }
  if (ts.isPrefixUnaryExpression(node) && !ts.isNumericLiteral(node.operand)) {
    return [{ kind: "sign dropped", node, after: text(node.operand) }];
  }
  return [];
}

function ofBinary(node: ts.BinaryExpression, text: (part: ts.Node) => string): Change[] {
  const { left, operatorToken } = node;
  const other = OPERATORS[text(operatorToken)];
  if (other === undefined) return [];
  const swapped = { kind: "operator changed", node: operatorToken, after: other };
  const dropped = { kind: "term dropped", node, after: text(left) };
  return "+-*".includes(text(operatorToken)) ? [swapped, dropped] : [swapped];
}

function ofCall(node: ts.CallExpression, text: (part: ts.Node) => string): Change[] {
  const { expression, arguments: given } = node;
  const changes: Change[] = [];
  const name = ts.isPropertyAccessExpression(expression) ? expression.name : undefined;
  const other = name && OPERATIONS[text(name)];
  if (other) changes.push({ kind: "operation changed", node: name, after: other });
  if (given.length === 2 && other && !["mean", "max", "min"].includes(text(name))) {
    changes.push({ kind: "term dropped", node, after: text(given[0]) });
  }
  if (areOfAKind(given) && !EITHER_WAY.has(name ? text(name) : "")) {
    const after = `${text(expression)}(${text(given[1])}, ${text(given[0])})`;
    if (text(given[0]) !== text(given[1])) {
      changes.push({ kind: "arguments swapped", node, after });
    }
  }
  return changes;
}

/** Two arguments that could be taken for each other: most others the type checker would refuse. */
function areOfAKind(given: readonly ts.Expression[]): boolean {
  const [one, other] = given.map(shapeOf);
  return given.length === 2 && one === other && one !== "function";
}

/** What a value is written as, where that tells its type. */
function shapeOf(value: ts.Expression): string {
  if (ts.isArrowFunction(value)) return "function";
  if (ts.isStringLiteralLike(value) || ts.isTemplateExpression(value)) return "string";
  if (ts.isNumericLiteral(value)) return "number";
  if (ts.isArrayLiteralExpression(value)) return "array";
  return ts.isObjectLiteralExpression(value) ? "object" : "anything";
}
