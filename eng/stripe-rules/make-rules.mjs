// Makes StripeSandbox/Kernel/Forms/parameter-rules.txt out of Stripe's published description of its API:
//
//   node eng/stripe-rules/make-rules.mjs spec3.json [newer.json …] > StripeSandbox/Kernel/Forms/parameter-rules.txt
//
// spec3.json is openapi/spec3.json of https://github.com/stripe/openapi. Later files add to earlier ones: a description of fewer
// routes, or one without lengths, brings its newer parameters and values and leaves the rest as it is.
import { readFileSync } from 'node:fs';

const covered = /^\/v1\/(payment_intents|setup_intents|setup_attempts|payment_methods|customers|charges|refunds|disputes|radar\/early_fraud_warnings|balance_transactions|events|webhook_endpoints)(\/|$)/;
const notCovered = /search|apply_customer_balance|increment|microdeposits|sources|cards|bank_accounts|subscriptions|tax_ids|balance_transactions\/.*\/|customers\/.*(balance|cash|discount|funding)|charges\/.*\/|test_helpers/;
// Lists that grow with every version: what is not in them today may be tomorrow.
const open = new Set(['payment_method_data[type]', 'api_version', 'enabled_events[]', 'expand[]', 'type', 'preferred_locales[]']);

let current = '';
const routes = new Map();
const values = new Map();
const kinds = ['payment_intent', 'setup_intent', 'setup_attempt', 'payment_method', 'customer', 'charge', 'refund', 'dispute', 'radar.early_fraud_warning', 'balance_transaction', 'event', 'webhook_endpoint'];
const objects = new Map(kinds.map(kind => [kind, new Set()]));

for (const file of process.argv.slice(2)) {
  const description = JSON.parse(readFileSync(file));
  for (const kind of kinds) {
    Object.keys(description.components?.schemas?.[kind]?.properties ?? {}).forEach(name => objects.get(kind).add(name));
  }
  for (const [path, methods] of Object.entries(description.paths)) {
    if (!covered.test(path) || notCovered.test(path)) {
      continue;
    }
    for (const [method, operation] of Object.entries(methods)) {
      readOperation(`${method.toUpperCase()} ${path.replace(/\{[^}]*\}/g, '{id}')}`, operation, description);
    }
  }
}

function readOperation(route, operation, description) {
  const rules = routes.get(route) ?? new Map();
  routes.set(route, rules);
  const body = operation.requestBody?.content?.['application/x-www-form-urlencoded']?.schema;
  if (body) {
    current = route;
    readFields(body, '', rules, description, new Set());
  }
  current = route;
  for (const { name, in: place, required, schema } of operation.parameters ?? []) {
    if (place === 'query') {
      readValue(schema, name, required, rules, description, new Set());
    }
  }
}

function readFields(schema, prefix, rules, description, types) {
  const own = new Set(types);
  for (const value of schema.properties?.type?.enum ?? schema.properties?.type?.['x-known-values'] ?? []) {
    own.add(value);
  }
  for (const [name, value] of Object.entries(schema.properties ?? {})) {
    // What belongs to other payment methods than cards is taken as it comes.
    if (isOtherMethod(name, value, prefix, own)) {
      continue;
    }
    readValue(value, prefix === '' ? name : `${prefix}[${name}]`, schema.required?.includes(name), rules, description, own);
  }
}

function isOtherMethod(name, value, prefix, types) {
  const isPlaceOfMethods = prefix === '' || /^payment_method_(data|options)$/.test(prefix);
  return isPlaceOfMethods && name !== 'card' && name !== 'customer' && variantsOf(value).some(one => one.type === 'object')
    && (types.has(name) || (prefix === 'payment_method_options') || name === 'interac_present' || name === 'radar_options');
}

function variantsOf(schema) {
  return schema.anyOf ? schema.anyOf.flatMap(variantsOf) : [schema];
}

function readValue(schema, path, required, rules, description, types) {
  const variants = variantsOf(schema.$ref ? description.components.schemas[schema.$ref.split('/').at(-1)] : schema);
  const objects = variants.filter(one => one.type === 'object' && one.properties);
  const lists = variants.filter(one => one.type === 'array');
  const plain = variants.filter(one => !objects.includes(one) && !lists.includes(one) && one.type !== 'object' && !isClearing(one));
  const rule = rules.get(path) ?? {};
  rule.required ||= required === true;
  if (objects.length > 0 || lists.length > 0) {
    rule.kind = plain.length > 0 ? 'any' : objects.length > 0 ? 'object' : 'list';
  } else if (variants.some(one => one.type === 'object')) {
    rule.kind = 'map';
  } else if (plain.length > 0) {
    const kinds = new Set([...plain.map(one => one.type), ...(rule.kind === 'any' ? ['any'] : [])]);
    rule.kind = kinds.size === 1 ? [...kinds][0] : 'any';
    rule.max = Math.max(...plain.map(one => one.maxLength ?? 0)) || rule.max;
    // Everywhere Stripe takes an address of a person, it looks at it; its description does not say so.
    rule.email ||= /(^|[[_])email\]?$/.test(path);
    const known = plain.flatMap(one => one.enum ?? one['x-known-values'] ?? []);
    if (known.length > 0 && plain.every(one => one.enum || one['x-known-values']) && !open.has(path)) {
      // A value that one route has learnt, the same parameter inside another route's has too.
      rule.values = path.includes('[') && !path.endsWith('[]') ? path : `${current} ${path}`;
      values.set(rule.values, new Set([...(values.get(rule.values) ?? []), ...known]));
    }
  }
  rules.set(path, rule);
  // Of several shapes, the caller has to fill one only.
  for (const one of objects) {
    readFields(objects.length > 1 ? { ...one, required: [] } : one, path, rules, description, types);
  }
  for (const one of lists) {
    readValue(one.items, `${path}[]`, false, rules, description, types);
  }
}

function isClearing(schema) {
  return schema.enum?.length === 1 && schema.enum[0] === '';
}

// SetupIntents take the types that PaymentIntents take, also where the newer description tells of the latter only.
for (const [route, rules] of routes) {
  for (const [path, rule] of routes.get(route.replace('/setup_intents', '/payment_intents')) ?? []) {
    if (/^(allowed|excluded)_payment_method_types(\[\])?$/.test(path) && !rules.has(path)) {
      rules.set(path, rule);
    }
  }
}

console.log('# Made by eng/stripe-rules/make-rules.mjs out of Stripe\'s published description of its API: not to be edited.');
console.log('# A route, then its parameters: name, kind, longest text, "required", "email", and the values it is one of.');
console.log('# At the end, the properties of each object.');
for (const [route, rules] of [...routes].sort()) {
  console.log(`\n${route}`);
  for (const [path, { kind, max, required, email, values: named }] of [...rules].sort(([one], [other]) => (one < other ? -1 : 1))) {
    const words = [path, kind];
    if (max) words.push(`max=${max}`);
    if (required) words.push('required');
    if (email) words.push('email');
    if (named && kind === 'string') words.push(`in=${[...values.get(named)].filter(value => value !== '').sort().join(',')}`);
    console.log(words.join(' '));
  }
}

console.log('');
for (const [kind, names] of objects) {
  console.log(`= ${kind} ${[...names].sort().join(' ')}`);
}
