import { expect, it } from 'vitest';
import { webhookHeaders } from '../../../src/hooks/spawner/signature.ts';

it('signs as the example of Standard Webhooks has it', () => {
  const message = {
    id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    seconds: 1_614_265_330,
    body: '{"test": 2432232314}',
  };
  expect(webhookHeaders(message, 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw')).toEqual({
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  });
});

it('takes a secret without the prefix as it is written', () => {
  const message = { id: '1', seconds: 2, body: '{}' };
  const asBytes = `whsec_${Buffer.from('plain words').toString('base64')}`;
  expect(webhookHeaders(message, 'plain words')).toEqual(webhookHeaders(message, asBytes));
});

it('signs nothing without a secret', () => {
  expect(webhookHeaders({ id: '1', seconds: 2, body: '{}' }, null)).toEqual({
    'webhook-id': '1',
    'webhook-timestamp': '2',
  });
});
