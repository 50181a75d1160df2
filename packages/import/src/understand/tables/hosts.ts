/** Hosts that hide where an address leads. A list that is never complete: who reviews looks at the address too. */
export const shorteners: ReadonlySet<string> = new Set(
  'bit.ly bitly.com tinyurl.com t.co goo.gl ow.ly is.gd v.gd buff.ly cutt.ly rb.gy rebrand.ly shorturl.at s.id lnkd.in fb.me t.ly tiny.cc bl.ink soo.gd qr.ae trib.al adf.ly kutt.it short.io dlvr.it ift.tt zpr.io urlz.fr u.to clck.ru vk.cc surl.li linktr.ee'.split(
    ' ',
  ),
);

/** Domains under which very different people have a page each: that two addresses share one says nothing. */
export const sharedDomains: ReadonlySet<string> = new Set(
  'facebook.com instagram.com youtube.com youtu.be twitter.com x.com tiktok.com linkedin.com wa.me whatsapp.com t.me telegram.me signal.me viber.com google.com forms.gle office.com microsoft.com wordpress.com blogspot.com wixsite.com weebly.com github.io github.com wikipedia.org archive.org apple.com typeform.com jotform.com surveymonkey.com mailchi.mp medium.com'.split(
    ' ',
  ),
);

/** Parameters that say where a reader came from and change nothing on the page. */
export const trackingParameters =
  /^(?:utm_\w+|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|ysclid|igshid|igsh|mc_cid|mc_eid|mkt_tok|_hsenc|_hsmi|hsctatracking|vero_id|oly_enc_id|oly_anon_id|ref_src|ref_url|twclid|ttclid|li_fat_id|_ga|_gl|_openstat|wickedid|s_cid|cmpid|piwik_\w+|pk_\w+|mtm_\w+|matomo_\w+|at_medium|at_campaign)$/i;
