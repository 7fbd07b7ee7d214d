import type { Language } from '../message/message.schema';
import type { Block, Mail } from './template';

const FOOTER = {
  id: {
    from: 'IDXCOOP, portal transformasi digital koperasi Indonesia',
    automatic: 'Surel ini dikirim otomatis, jangan dibalas.',
    preferences: 'Atur pesan yang Anda terima',
  },
  en: {
    from: 'IDXCOOP, the portal for the digital transformation of Indonesian cooperatives',
    automatic: 'This mail was sent automatically, please do not reply.',
    preferences: 'Choose which messages you get',
  },
} as const;

const FONT = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

/** Text that stands in HTML. */
export function escapeHtml(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

/** As it stands in a sentence: a figure keeps its sign on its line. */
function sentence(text: string): string {
  return escapeHtml(text).replace(/(\d) %/g, '$1&nbsp;%');
}

function htmlBlock(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return `<p style="margin:0 0 16px;font-size:16px;line-height:24px;color:#1f2933">${sentence(block.text)}</p>`;
    case 'small':
      return `<p style="margin:0 0 12px;font-size:14px;line-height:20px;color:#52606d">${sentence(block.text)}</p>`;
    case 'code':
      return `<p style="margin:8px 0 24px;font-size:32px;line-height:40px;letter-spacing:6px;font-weight:700;color:#1f2933">${escapeHtml(block.code)}</p>`;
    case 'list': {
      const items = block.items.map((item) => `<li style="margin:0 0 8px">${sentence(item)}</li>`).join('');
      return `<ul style="margin:0 0 16px;padding-left:22px;font-size:16px;line-height:24px;color:#1f2933">${items}</ul>`;
    }
    case 'button': {
      const url = escapeHtml(block.url);
      return (
        `<p style="margin:8px 0 24px"><a href="${url}" style="display:inline-block;padding:14px 22px;border-radius:6px;` +
        `background:#9c1c1f;color:#ffffff;font-size:16px;line-height:20px;font-weight:600;text-decoration:none">` +
        `${escapeHtml(block.label)}</a></p>` +
        `<p style="margin:0 0 16px;font-size:13px;line-height:18px;color:#52606d;word-break:break-all">${url}</p>`
      );
    }
  }
}

function textBlock(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
    case 'small':
      return block.text;
    case 'code':
      return block.code;
    case 'list':
      return block.items.map((item) => `- ${item}`).join('\n');
    case 'button':
      return `${block.label}:\n${block.url}`;
  }
}

/** A mail as text and as one column of HTML that reads on an old phone as on a desk: no images, no style sheet, no script. */
export function layout(mail: Mail, language: Language, preferencesUrl?: string): { text: string; html: string } {
  const footer = FOOTER[language];
  const ending = [
    footer.from,
    footer.automatic,
    ...(preferencesUrl ? [`${footer.preferences}: ${preferencesUrl}`] : []),
  ];
  const text = `${[...mail.blocks.map(textBlock), `-- \n${ending.join('\n')}`].join('\n\n')}\n`;
  const choice = preferencesUrl
    ? `<br><a href="${escapeHtml(preferencesUrl)}" style="color:#52606d">${footer.preferences}</a>`
    : '';
  const html = `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escapeHtml(mail.subject)}</title></head>
<body style="margin:0;padding:0;background:#f3f4f6;${FONT}">
<div style="display:none;max-height:0;overflow:hidden">${escapeHtml(mail.preview)}</div>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td align="center" style="padding:24px 12px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:560px">
<tr><td style="padding:0 4px 12px;font-size:18px;line-height:24px;font-weight:700;color:#9c1c1f">IDXCOOP</td></tr>
<tr><td style="padding:28px 24px 16px;background:#ffffff;border-radius:8px">${mail.blocks.map(htmlBlock).join('\n')}</td></tr>
<tr><td style="padding:16px 4px;font-size:13px;line-height:18px;color:#52606d">${footer.from}<br>${footer.automatic}${choice}</td></tr>
</table></td></tr></table></body></html>
`;
  return { text, html };
}
