import { startCatcher } from '../../scripts/catcher/index.mjs';

/** Local providers of one spec file: a mail server and the WhatsApp Cloud API, in memory, on free loopback ports. */
export type Providers = Awaited<ReturnType<typeof startCatcher>>;

/** Settings of `Config` that make a service use these providers. */
export interface ProviderSettings {
  smtpUrl: string;
  smtpFrom: string;
  whatsappApiUrl: string;
  whatsappToken: string;
  whatsappAppSecret: string;
  whatsappVerifyToken: string;
  whatsappPhoneNumberId: string;
  catcherUrl: string;
}

/** Starts the providers; the caller stops them. `webhookUrl` may come later by `setWebhookUrl`. */
export async function startProviders(): Promise<Providers & { settings: ProviderSettings }> {
  const providers = await startCatcher();
  const { env } = providers;
  const settings = {
    smtpUrl: env.SMTP_URL ?? '',
    smtpFrom: 'IDXCOOP <no-reply@idxcoop.example>',
    whatsappApiUrl: env.WHATSAPP_API_URL ?? '',
    whatsappToken: env.WHATSAPP_TOKEN ?? '',
    whatsappAppSecret: env.WHATSAPP_APP_SECRET ?? '',
    whatsappVerifyToken: env.WHATSAPP_VERIFY_TOKEN ?? '',
    whatsappPhoneNumberId: env.WHATSAPP_PHONE_NUMBER_ID ?? '',
    catcherUrl: env.CATCHER_URL ?? '',
  };
  return { ...providers, settings };
}
