import { confirmIntent, createPaymentMethod, retrieveIntent } from './api.js';
import { connectToHost } from './port.js';

await connectToHost({
  createPaymentMethod: ({ parameters, session }) => createPaymentMethod(parameters, session),
  retrieve: ({ id, clientSecret, session }) => retrieveIntent(id, clientSecret, session),
  confirm: ({ id, parameters, session }) => confirmIntent(id, parameters, session),
});
