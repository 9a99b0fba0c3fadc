// Holds JSON against the types that Stripe publishes with its client: every key there, none unknown, each of its type,
// no value that Stripe does not list.
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

// What the API's own description has, and these types have not yet.
const ahead = new Set(['payment_record', 'electronic_commerce_indicator']);

const published = name => fileURLToPath(new URL(`../../node_modules/stripe/esm/${name}.d.ts`, import.meta.url));
const program = ts.createProgram(['resources', 'lib', 'Types'].map(published), {
  strict: true,
  types: [],
  lib: ['lib.es2022.d.ts'],
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
});
const checker = program.getTypeChecker();
const lib = exportedTypes(program.getSourceFile(published('lib')));
const internals = exportedTypes(program.getSourceFile(published('Types')));

const byObject = new Map();
for (const file of program.getSourceFiles().filter(file => file.fileName.includes('/esm/resources/'))) {
  for (const type of exportedTypes(file).values()) {
    for (const member of type.isUnion() ? type.types : [type]) {
      const kind = literalOf(member.getProperty('object'));
      if (kind !== undefined) {
        byObject.set(kind, (byObject.get(kind) ?? new Set()).add(member));
      }
    }
  }
}

/** What is wrong with an answer of the API, as a list of sentences. */
export function problemsOf(body) {
  const problems = [];
  if (body?.error) {
    check(body.error, internals.get('StripeRawError'), 'error', problems);
  } else {
    checkNamed(body, body?.object ?? 'the answer', problems);
  }
  return problems;
}

function checkNamed(value, path, problems) {
  if (value?.object === 'list') {
    // The item's type is a parameter of the published list: each item names its own instead.
    checkObject({ ...value, data: [] }, lib.get('ApiList'), path, problems);
    value.data.forEach((item, index) => checkNamed(item, `${path}.data[${index}]`, problems));
    return;
  }
  const candidates = byObject.get(value?.object);
  if (candidates) {
    checkOneOf(value, [...candidates], path, problems);
  } else {
    problems.push(`${path} is none of Stripe's objects`);
  }
}

function check(value, type, path, problems) {
  const members = type.isUnion() ? type.types : [type];
  if (members.some(member => member.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown))) {
    return;
  }
  if (value === null) {
    if (!members.some(member => member.flags & ts.TypeFlags.Null)) {
      problems.push(`${path} is null`);
    }
  } else if (typeof value === 'string') {
    checkString(value, members, path, problems);
  } else if (typeof value === 'number') {
    expect(members.some(member => member.flags & ts.TypeFlags.NumberLike), value, path, problems);
  } else if (typeof value === 'boolean') {
    expect(members.some(member =>
      member.flags & ts.TypeFlags.BooleanLiteral ? checker.typeToString(member) === String(value) : member.flags & ts.TypeFlags.Boolean,
    ), value, path, problems);
  } else if (Array.isArray(value)) {
    const list = members.find(member => checker.isArrayType(member));
    expect(list, value, path, problems);
    value.forEach((item, index) => list && check(item, checker.getTypeArguments(list)[0], `${path}[${index}]`, problems));
  } else {
    const shapes = members.filter(member => member.flags & ts.TypeFlags.Object && !checker.isArrayType(member));
    expect(shapes.length > 0, value, path, problems);
    checkOneOf(value, shapes, path, problems);
  }
}

function checkString(value, members, path, problems) {
  const known = members.filter(member => member.isStringLiteral()).map(member => member.value);
  if (known.length > 0) {
    // A list of values that is open for those to come: a sandbox has no business with them.
    expect(known.includes(value), value, path, problems);
  } else {
    expect(members.some(member => member.flags & (ts.TypeFlags.String | ts.TypeFlags.Intersection)), value, path, problems);
  }
}

function checkOneOf(value, shapes, path, problems) {
  // A shape tells itself apart by the values that it fixes: the more of them meet, the nearer it is.
  const kin = shapes.map(shape => ({ shape, fixed: shape.getProperties().filter(property => literalOf(property) !== undefined) }));
  const alike = kin.filter(({ fixed }) => fixed.every(property => literalOf(property) === value[property.name]));
  const nearest = Math.max(...alike.map(({ fixed }) => fixed.length));
  const chosen = alike.length > 0 ? alike.filter(({ fixed }) => fixed.length === nearest) : kin;
  const findings = chosen.map(({ shape }) => {
    const own = [];
    checkObject(value, shape, path, own);
    return own;
  });
  findings.sort((one, other) => one.length - other.length);
  problems.push(...(findings[0] ?? []));
}

function checkObject(value, shape, path, problems) {
  const properties = new Map(shape.getProperties().map(property => [property.name, property]));
  const anyKey = checker.getIndexInfosOfType(shape)[0];
  // What Stripe publishes without a key is its own business inside.
  if (properties.size === 0 && !anyKey) {
    return;
  }
  for (const [name, property] of properties) {
    if (!(name in value) && !(property.flags & ts.SymbolFlags.Optional)) {
      problems.push(`${path}.${name} is missing`);
    }
  }
  for (const [name, inner] of Object.entries(value)) {
    const type = properties.has(name) ? checker.getTypeOfSymbol(properties.get(name)) : anyKey?.type;
    if (type) {
      check(inner, type, `${path}.${name}`, problems);
    } else if (!ahead.has(name)) {
      problems.push(`${path}.${name} is unknown`);
    }
  }
}

function expect(isMet, value, path, problems) {
  if (!isMet) {
    problems.push(`${path} is ${JSON.stringify(value)}, which it never is`);
  }
}

function literalOf(property) {
  const type = property && !(property.flags & ts.SymbolFlags.Optional) && checker.getTypeOfSymbol(property);
  if (!type) {
    return undefined;
  }
  return type.isStringLiteral() ? type.value : checker.typeToString(type) === 'true' ? true : undefined;
}

function exportedTypes(file) {
  const symbols = checker.getExportsOfModule(checker.getSymbolAtLocation(file));
  return new Map(symbols
    .map(symbol => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol))
    .filter(symbol => symbol.flags & (ts.SymbolFlags.Interface | ts.SymbolFlags.TypeAlias))
    .map(symbol => [symbol.name, checker.getDeclaredTypeOfSymbol(symbol)]));
}
