/** The layout of mails, compiled from `layout.mjml` by `npm run templates`. */
export const LAYOUT = `<!doctype html>
<html lang="{{language}}" dir="ltr" xmlns="http://www.w3.org/1999/xhtml" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">
<head>
<title>{{subject}}</title>
<!--[if !mso]><!-->
<meta http-equiv="X-UA-Compatible" content="IE=edge">
<!--<![endif]-->
<meta http-equiv="Content-Type" content="text/html; charset=UTF-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<style type="text/css">
#outlook a { padding:0; }
body { margin:0;padding:0;-webkit-text-size-adjust:100%;-ms-text-size-adjust:100%; }
table, td { border-collapse:collapse;mso-table-lspace:0pt;mso-table-rspace:0pt; }
img { border:0;height:auto;line-height:100%; outline:none;text-decoration:none;-ms-interpolation-mode:bicubic; }
p { display:block;margin:13px 0; }
</style>
<!--[if mso]>
<noscript>
<xml>
<o:OfficeDocumentSettings>
<o:AllowPNG/>
<o:PixelsPerInch>96</o:PixelsPerInch>
</o:OfficeDocumentSettings>
</xml>
</noscript>
<![endif]-->
<!--[if lte mso 11]>
<style type="text/css">
.mj-outlook-group-fix { width:100% !important; }
</style>
<![endif]-->
<style type="text/css">
@media only screen and (min-width:480px) {
.mj-column-per-100 { width:100% !important; max-width: 100%; }
}
</style>
<style media="screen and (min-width:480px)">
.moz-text-html .mj-column-per-100 { width:100% !important; max-width: 100%; }
</style>
<style type="text/css">
a { color: #9c1c1f; }
.list { margin: 0; padding: 0 0 0 20px; }
.list li { margin: 0 0 10px; }
.rows { width: 100%; }
.rows td { padding: 10px 0; border-bottom: 1px solid #d9dee4; vertical-align: top; }
.rows .label { padding-right: 12px; color: #52606d; }
.rows .figure { text-align: right; font-weight: 600; }
@media (prefers-color-scheme: dark) {
.page, .page > div { background: #111827 !important; }
.card > table, .card { background: #1f2937 !important; }
.ink > div, .ink td { color: #f3f4f6 !important; }
.quiet > div, .quiet a, .rows .label { color: #cbd2d9 !important; }
.brand > div, .ink a { color: #ffb3b0 !important; }
.rows td { border-bottom-color: #4b5563 !important; }
}
</style>
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
</head>
<body class="page" style="word-spacing:normal;background-color:#f3f4f6;">
<div style="display:none;font-size:1px;color:#ffffff;line-height:1px;max-height:0px;max-width:0px;opacity:0;overflow:hidden;">{{preview}}</div>
<div aria-label="{{subject}}" aria-roledescription="email" role="article" lang="{{language}}" dir="ltr" style="word-spacing:normal;background-color:#f3f4f6;">
<!--[if mso | IE]><table align="center" border="0" cellpadding="0" cellspacing="0" class="" role="presentation" style="width:560px;" width="560" ><tr><td style="line-height:0px;font-size:0px;mso-line-height-rule:exactly;"><![endif]-->
<div style="margin:0px auto;max-width:560px;"><table align="center" border="0" cellpadding="0" cellspacing="0" role="presentation" style="width:100%;"><tbody><tr><td style="direction:ltr;font-size:0px;padding:20px 0 12px;text-align:center;">
<!--[if mso | IE]><table role="presentation" border="0" cellpadding="0" cellspacing="0"><tr><td class="" style="vertical-align:top;width:560px;" ><![endif]-->
<div class="mj-column-per-100 mj-outlook-group-fix" style="font-size:0px;text-align:left;direction:ltr;display:inline-block;vertical-align:top;width:100%;"><table border="0" cellpadding="0" cellspacing="0" role="presentation" width="100%"><tbody><tr><td style="vertical-align:top;padding:0;"><table border="0" cellpadding="0" cellspacing="0" role="presentation" style="" width="100%"><tbody><tr><td align="left" class="brand" style="font-size:0px;padding:0 24px;word-break:break-word;">
<div style="font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:18px;font-weight:700;line-height:24px;text-align:left;color:#9c1c1f;">IDXCOOP</div></td></tr></tbody></table></td></tr></tbody></table>
</div>
<!--[if mso | IE]></td></tr></table><![endif]--></td></tr></tbody></table>
</div>
<!--[if mso | IE]></td></tr></table><table align="center" border="0" cellpadding="0" cellspacing="0" class="card-outlook" role="presentation" style="width:560px;" width="560" bgcolor="#ffffff" ><tr><td style="line-height:0px;font-size:0px;mso-line-height-rule:exactly;"><![endif]-->
<div class="card" style="background:#ffffff;background-color:#ffffff;margin:0px auto;max-width:560px;border-radius:8px;overflow:hidden;"><table align="center" border="0" cellpadding="0" cellspacing="0" role="presentation" style="background:#ffffff;background-color:#ffffff;width:100%;border-collapse:separate;"><tbody><tr><td style="border-radius:8px;direction:ltr;font-size:0px;padding:28px 0 12px;text-align:center;">
<!--[if mso | IE]><table role="presentation" border="0" cellpadding="0" cellspacing="0"><tr><td class="" style="vertical-align:top;width:560px;" ><![endif]-->
<div class="mj-column-per-100 mj-outlook-group-fix" style="font-size:0px;text-align:left;direction:ltr;display:inline-block;vertical-align:top;width:100%;"><table border="0" cellpadding="0" cellspacing="0" role="presentation" width="100%"><tbody><tr><td style="vertical-align:top;padding:0;"><table border="0" cellpadding="0" cellspacing="0" role="presentation" style="" width="100%"><tbody>
{{#each blocks}}{{#if heading}}
<tr><td align="left" class="ink" style="font-size:0px;padding:0 24px 16px;word-break:break-word;">
<div style="font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:20px;font-weight:700;line-height:28px;text-align:left;color:#1f2933;">{{heading}}</div></td></tr>
{{/if}}{{#if paragraph}}
<tr><td align="left" class="ink" style="font-size:0px;padding:0 24px 16px;word-break:break-word;">
<div style="font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:24px;text-align:left;color:#1f2933;">{{paragraph}}</div></td></tr>
{{/if}}{{#if small}}
<tr><td align="left" class="quiet" style="font-size:0px;padding:0 24px 16px;word-break:break-word;">
<div style="font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:14px;line-height:20px;text-align:left;color:#52606d;">{{small}}</div></td></tr>
{{/if}}{{#if code}}
<tr><td align="left" class="ink" style="font-size:0px;padding:4px 24px 20px;word-break:break-word;">
<div style="font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:32px;font-weight:700;letter-spacing:6px;line-height:40px;text-align:left;color:#1f2933;">{{code}}</div></td></tr>
{{/if}}{{#if list}}
<tr><td align="left" class="ink" style="font-size:0px;padding:0 24px 16px;padding-bottom:6px;word-break:break-word;">
<div style="font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:24px;text-align:left;color:#1f2933;"><ul class="list">{{#each list}}<li>{{this}}</li>{{/each}}</ul></div></td></tr>
{{/if}}{{#if links}}
<tr><td align="left" class="ink" style="font-size:0px;padding:0 24px 16px;padding-bottom:6px;word-break:break-word;">
<div style="font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:24px;text-align:left;color:#1f2933;"><ul class="list">{{#each links}}<li><a href="{{url}}" style="color:#9c1c1f;font-weight:600">{{title}}</a></li>{{/each}}</ul></div></td></tr>
{{/if}}{{#if rows}}
<tr><td align="left" class="ink" style="font-size:0px;padding:0 24px 16px;word-break:break-word;">
<div style="font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:24px;text-align:left;color:#1f2933;"><table role="presentation" class="rows" width="100%" cellpadding="0" cellspacing="0" border="0">{{#each rows}}<tr><td class="label">{{label}}</td><td class="figure" align="right">{{figure}}</td></tr>{{/each}}</table></div></td></tr>
{{/if}}{{#if button}}
<tr><td align="left" style="font-size:0px;padding:4px 24px 12px;word-break:break-word;"><table border="0" cellpadding="0" cellspacing="0" role="presentation" style="border-collapse:separate;line-height:100%;"><tbody><tr><td align="center" bgcolor="#9c1c1f" role="presentation" style="border:none;border-radius:6px;cursor:auto;mso-padding-alt:14px 22px;background:#9c1c1f;" valign="middle">
<a href="{{button.url}}" style="display:inline-block;background:#9c1c1f;color:#ffffff;font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:16px;font-weight:600;line-height:20px;margin:0;text-decoration:none;text-transform:none;padding:14px 22px;mso-padding-alt:0px;border-radius:6px;" target="_blank">
{{button.label}}
</a></td></tr></tbody></table></td></tr><tr><td align="left" class="quiet" style="font-size:0px;padding:0 24px 16px;word-break:break-word;">
<div style="font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:14px;line-height:20px;text-align:left;color:#52606d;"><span style="word-break:break-all">{{button.url}}</span></div></td></tr>
{{/if}}{{/each}}
</tbody></table></td></tr></tbody></table>
</div>
<!--[if mso | IE]></td></tr></table><![endif]--></td></tr></tbody></table>
</div>
<!--[if mso | IE]></td></tr></table><table align="center" border="0" cellpadding="0" cellspacing="0" class="" role="presentation" style="width:560px;" width="560" ><tr><td style="line-height:0px;font-size:0px;mso-line-height-rule:exactly;"><![endif]-->
<div style="margin:0px auto;max-width:560px;"><table align="center" border="0" cellpadding="0" cellspacing="0" role="presentation" style="width:100%;"><tbody><tr><td style="direction:ltr;font-size:0px;padding:16px 0 24px;text-align:center;">
<!--[if mso | IE]><table role="presentation" border="0" cellpadding="0" cellspacing="0"><tr><td class="" style="vertical-align:top;width:560px;" ><![endif]-->
<div class="mj-column-per-100 mj-outlook-group-fix" style="font-size:0px;text-align:left;direction:ltr;display:inline-block;vertical-align:top;width:100%;"><table border="0" cellpadding="0" cellspacing="0" role="presentation" width="100%"><tbody><tr><td style="vertical-align:top;padding:0;"><table border="0" cellpadding="0" cellspacing="0" role="presentation" style="" width="100%"><tbody><tr><td align="left" class="quiet" style="font-size:0px;padding:0 24px;word-break:break-word;">
<div style="font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:14px;line-height:22px;text-align:left;color:#52606d;">{{#each ending}}{{this}}<br>{{/each}}{{#if preferences}}<a href="{{preferences.url}}" style="color:#52606d">{{preferences.label}}</a>{{/if}}</div></td></tr></tbody></table></td></tr></tbody></table>
</div>
<!--[if mso | IE]></td></tr></table><![endif]--></td></tr></tbody></table>
</div>
<!--[if mso | IE]></td></tr></table><![endif]-->
</div>
</body>
</html>
`;
