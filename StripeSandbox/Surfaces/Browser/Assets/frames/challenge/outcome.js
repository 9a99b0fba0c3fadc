import { callApi, retrieveIntent } from '../api.js';

/**
 * Ends a challenge and reads what became of the intent. An answer that got lost may hide a decision that was taken, so the
 * intent has the last word; `unknown` says that not even that could be read and the same may be asked again.
 */
export async function endChallenge(intent, outcome, session) {
  const parameters = { client_secret: intent.client_secret, outcome };
  const { error } = await callApi('POST', `/three-ds/${encodeURIComponent(intent.source)}`, parameters, session);
  if (isUnknown(error)) return { error, unknown: true };

  const read = await retrieveIntent(intent.id, intent.client_secret, session);
  if (isUnknown(read.error)) return { error: read.error, unknown: true };
  if (read.error) return { error: read.error };
  return error && read.body.status === 'requires_action' ? { error } : { intent: read.body };
}

const isUnknown = error => ['api_connection_error', 'api_error'].includes(error?.type);
