import { encodeForm } from './form.js';
import { textsFor, translateMessage } from './shared.js';

/** Calls the API with the shop's publishable key. Resolves with `{body}` or `{error}`, the latter in the session's language. */
export async function callApi(method, path, parameters, session) {
  const form = encodeForm(parameters);
  const headers = { Authorization: `Bearer ${session.key}` };
  if (session.version) headers['Stripe-Version'] = session.version;
  if (session.account) headers['Stripe-Account'] = session.account;
  const query = method === 'GET' ? `?${form}` : '';
  let response;
  try {
    response = await fetch(path + query, { method, headers, body: method === 'GET' ? undefined : form, cache: 'no-store' });
  } catch {
    return connectionError(session);
  }
  return read(response, session);
}

export const createPaymentMethod = (parameters, session) => callApi('POST', '/v1/payment_methods', parameters, session);

export const retrieveIntent = (id, clientSecret, session) => callApi('GET', intentPath(id), { client_secret: clientSecret }, session);

export const confirmIntent = (id, parameters, session) => callApi('POST', `${intentPath(id)}/confirm`, parameters, session);

const intentPath = id => `/v1/${id.startsWith('seti_') ? 'setup_intents' : 'payment_intents'}/${encodeURIComponent(id)}`;

async function read(response, session) {
  let text;
  try {
    text = await response.text();
  } catch {
    return connectionError(session);
  }
  try {
    const body = JSON.parse(text);
    if (response.ok) return { body };
    if (body?.error) return { error: { ...body.error, message: translateMessage(body.error.message, session.locale) } };
  } catch {
    // Not JSON: whatever answered was not the API.
  }
  return { error: { type: 'api_error', message: textsFor(session.locale).errors.unintelligible } };
}

function connectionError({ locale }) {
  return { error: { type: 'api_connection_error', message: textsFor(locale).errors.connection } };
}
