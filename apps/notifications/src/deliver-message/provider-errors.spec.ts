import { smtpRule } from './smtp-errors';
import { WHATSAPP_ERRORS, whatsappRule } from './whatsapp-errors';

describe(whatsappRule.name, () => {
  it.each([
    ['retry', [2, 4, 80007, 130429, 131000, 131016, 131056, 131057, 133004, 133005]],
    ['hold', [131049]],
    ['next_channel', [130472, 131021, 131026, 131030, 131050]],
    ['final', [131047, 131051, 131052, 131053, 33, 100, 131008, 131009]],
    ['stop_template', [132000, 132001, 132005, 132007, 132008, 132012, 132015, 132016, 132068, 132069]],
    [
      'stop_line',
      [
        0, 190, 131048, 3, 10, 200, 250, 299, 368, 130497, 131005, 131031, 131037, 131042, 131044, 131045, 131062,
        131063, 131064, 133000, 133006, 133008, 133009, 133010, 133015, 133016, 134011, 135000, 137000,
      ],
    ],
  ] as const)('answers %s for its codes', (action, codes) => {
    for (const code of codes) expect([code, whatsappRule(code, 400).action]).toEqual([code, action]);
  });

  it('waits for a pair at least its six seconds, and for a person that Meta spares a day', () => {
    expect(whatsappRule(131056, 429).waitSeconds).toBeGreaterThanOrEqual(6);
    expect(whatsappRule(131049, 400).waitSeconds).toBeGreaterThanOrEqual(86_400);
  });

  it('judges an unknown code by the status of the answer', () => {
    expect(whatsappRule(999_999, 503).action).toBe('retry');
    expect(whatsappRule(999_999, 400).action).toBe('final');
  });

  it('says how long every stop lasts', () => {
    for (const [code, { action, waitSeconds }] of Object.entries(WHATSAPP_ERRORS)) {
      if (action.startsWith('stop') || action === 'hold')
        expect([code, waitSeconds]).toEqual([code, expect.any(Number)]);
    }
  });
});

describe(smtpRule.name, () => {
  it.each([
    [421, '421 4.3.2 closing', 'retry'],
    [450, '450 4.2.1 busy', 'retry'],
    [451, '451 local error', 'retry'],
    [452, '452 4.2.2 quota', 'retry'],
    [550, '550 5.1.1 no such user', 'suppress'],
    [550, '550-5.1.1 no such user', 'suppress'],
    [550, '550 5.1.8 bad sender', 'final'],
    [550, '550 5.2.1 disabled', 'suppress'],
    [552, '552 5.2.2 full', 'final'],
    [550, '550 5.7.515 access denied', 'final'],
    [554, '554 no', 'final'],
    [535, '535 5.7.8 bad credentials', 'stop_line'],
    [530, '530 authentication required', 'stop_line'],
  ])('answers %i "%s" with %s', (code, response, action) => {
    expect(smtpRule(code, response).action).toBe(action);
  });
});
