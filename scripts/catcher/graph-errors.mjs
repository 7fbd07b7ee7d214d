/**
 * Errors as the Cloud API words them: HTTP status, title, details. `late` ones are answered 200 and come as a `failed` status,
 * since Meta finds them out only when it tries to deliver.
 */
const ERRORS = {
  0: [401, 'AuthException', 'We were unable to authenticate the app user'],
  2: [503, 'API Service', 'Temporary due to downtime or due to being overloaded'],
  4: [429, 'API Too Many Calls', 'The app has reached its API call rate limit'],
  10: [403, 'API Permission Denied', 'Permission is either not granted or has been removed'],
  33: [400, 'Parameter value is not valid', 'The business phone number has been deleted'],
  100: [400, 'Invalid parameter', 'The request included one or more unsupported or misspelled parameters'],
  190: [401, 'Access token has expired', 'Your access token has expired'],
  368: [403, 'Temporarily blocked for policies violations', 'The account is restricted for violating a policy'],
  80007: [429, 'Rate limit issues', 'The WhatsApp Business Account has reached its rate limit'],
  130429: [429, 'Rate limit hit', 'Cloud API message throughput has been reached'],
  130472: [400, "User's number is part of an experiment", "User's number is part of an experiment", 'late'],
  131000: [500, 'Something went wrong', 'Message failed to send due to an unknown error'],
  131008: [400, 'Required parameter is missing', 'The request is missing a required parameter'],
  131009: [400, 'Parameter value is not valid', 'One or more parameter values are invalid'],
  131016: [503, 'Service unavailable', 'A service is temporarily unavailable'],
  131021: [400, 'Recipient cannot be sender', 'Sender and recipient phone number is the same'],
  131026: [400, 'Message undeliverable', 'Message Undeliverable.', 'late'],
  131031: [403, 'Account has been locked', 'The account has been restricted or disabled'],
  131042: [402, 'Business eligibility payment issue', 'There was an error related to your payment method', 'late'],
  131047: [400, 'Re-engagement message', 'More than 24 hours have passed since the recipient last replied', 'late'],
  131048: [
    400,
    'Spam rate limit hit',
    'There are restrictions on how many messages can be sent from this number',
    'late',
  ],
  131049: [400, 'Meta chose not to deliver', 'This message was not delivered to maintain healthy engagement', 'late'],
  131050: [400, 'User stopped marketing messages', 'The recipient has chosen to stop marketing messages', 'late'],
  131053: [400, 'Media upload error', 'Unable to upload the media used in the message', 'late'],
  131056: [429, 'Pair rate limit hit', 'Too many messages from this number to the same number in a short time'],
  131057: [503, 'Account in maintenance mode', 'Business account is in maintenance mode'],
  132000: [400, 'Template param count mismatch', 'Number of parameters does not match the expected number'],
  132001: [404, 'Template does not exist', 'The template does not exist in the language or is not approved'],
  132015: [400, 'Template is paused', 'Template is paused due to low quality'],
  132016: [400, 'Template is disabled', 'Template was paused too many times and is now disabled'],
  133010: [400, 'Phone number not registered', 'The number is not registered on the platform'],
};

/** @param {number} code */
export function graphError(code) {
  const [status, title, details, late] = ERRORS[code] ?? [500, 'Something went wrong', 'An error as ordered'];
  return { code, status: Number(status), title, details, late: late === 'late' };
}

/** The body of an error answer. @param {number} code @param {string} [details] */
export function graphErrorBody(code, details) {
  const error = graphError(code);
  return {
    error: {
      message: `(#${code}) ${error.title}`,
      type: 'OAuthException',
      code,
      error_data: { messaging_product: 'whatsapp', details: details ?? error.details },
      fbtrace_id: Math.random().toString(36).slice(2, 13),
    },
  };
}
