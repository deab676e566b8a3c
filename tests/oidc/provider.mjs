// A real OpenID provider for the tests, on a free port of this machine: whoever a browser's cookie "who" names is signed in at once.
// What no provider does by itself is asked for by an account's name ("expired", "audience", …) or below /test.
import { createServer } from 'node:http';
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { Provider } from 'oidc-provider';
import { SignJWT, decodeJwt, importJWK } from 'jose';

const api = 'https://avtal.example.se/api';
const acrs = ['http://id.elegnamnden.se/loa/1.0/loa2', 'http://id.elegnamnden.se/loa/1.0/loa3'];
const server = createServer();
await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
const issuer = `http://127.0.0.1:${server.address().port}`;

// What a faulty provider would say in the place of what this one says.
const faults = {
  expired: { exp: 1, iat: 1 },
  audience: { aud: 'somebody-else' },
  nonce: { nonce: 'another' },
  issuer: { iss: 'https://elsewhere.example' },
};

const newKey = () => ({ ...generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }), kid: randomUUID(), alg: 'RS256', use: 'sig' });
const cookies = (request) => Object.fromEntries((request.headers.cookie ?? '').split('; ').filter(Boolean).map((each) => each.split('=').map(decodeURIComponent)));
const sign = async (key, claims, typ) => new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: key.kid, typ }).sign(await importJWK(key, 'RS256'));

let key;
let provider;

function begin() {
  key = newKey();
  provider = new Provider(issuer, {
    jwks: { keys: [key] },
    cookies: { keys: ['of-the-tests'] },
    acrValues: acrs,
    claims: { openid: ['sub', 'oid'], profile: ['name'], acr: null, auth_time: null },
    clients: [
      {
        client_id: 'web', client_secret: 'val-bevarad-aao-hemlighet', redirect_uris: ['http://127.0.0.1/'], response_types: ['code'], grant_types: ['authorization_code'],
        token_endpoint_auth_method: 'client_secret_post', require_auth_time: true, backchannel_logout_session_required: true,
      },
      { client_id: 'machine', client_secret: 'maskinens-hemlighet', redirect_uris: [], response_types: [], grant_types: ['client_credentials'], token_endpoint_auth_method: 'client_secret_post' },
    ],
    // Its own does not call addresses of this machine.
    fetch: (address, { dispatcher, ...options }) => fetch(address, options),
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: {
        // Nobody is asked whether they meant it.
        logoutSource: (ctx, form) => { ctx.body = form; },
        postLogoutSuccessSource: (ctx) => { ctx.body = 'out'; },
      },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: () => ({ scope: 'agreements', audience: api, accessTokenFormat: 'jwt', accessTokenTTL: 3600, jwt: { sign: { alg: 'RS256' } } }),
      },
    },
    interactions: { url: (ctx, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (ctx, id) => ({ accountId: id, claims: () => ({ sub: id, oid: `oid-${id}`, name: `${id[0].toUpperCase()}${id.slice(1)} Provsson` }) }),
    async loadExistingGrant(ctx) {
      const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
      grant.addOIDCScope('openid profile');
      await grant.save();
      return grant;
    },
  });
  provider.Client.prototype.redirectUriAllowed = (uri) => /^http:\/\/127\.0\.0\.1:\d+\/sign-in\/[a-z]+\/callback$/.test(uri);
  provider.Client.prototype.postLogoutRedirectUriAllowed = (uri) => /^http:\/\/127\.0\.0\.1:\d+\/sign-out\/[a-z]+\/callback$/.test(uri);
  provider.use(async (ctx, next) => {
    await next();
    const fault = faults[ctx.oidc?.account?.accountId];
    if (ctx.oidc?.route === 'token' && ctx.body.id_token && fault)
      ctx.body.id_token = await sign(key, { ...decodeJwt(ctx.body.id_token), ...fault });
  });
}

const body = async (request) => {
  let text = '';
  for await (const part of request) text += part;
  return text ? JSON.parse(text) : {};
};

async function interact(request, response) {
  const { params } = await provider.interactionDetails(request, response);
  const { who, acr } = cookies(request);
  await provider.interactionFinished(request, response, who === 'nobody'
    ? { error: 'access_denied', error_description: 'Nobody wanted to.' }
    : { login: { accountId: who, acr: params.acr_values?.split(' ')[0] ?? acr } });
}

async function test(request, response) {
  const asked = await body(request);
  let answer = {};
  switch (request.url) {
    case '/test/rotate': begin(); break;
    case '/test/token': answer = { token: await sign(key, { iss: issuer, aud: api, iat: Math.floor(Date.now() / 1000), exp: Math.floor(Date.now() / 1000) + 600, jti: randomUUID(), ...asked.claims }, 'at+jwt') }; break;
    case '/test/id': answer = { token: await sign(key, { iss: issuer, aud: 'web', iat: Math.floor(Date.now() / 1000), exp: Math.floor(Date.now() / 1000) + 600, nonce: 'of-the-platform', ...asked.claims }, 'JWT') }; break;
    case '/test/foreign': answer = { token: await sign({ ...newKey(), kid: key.kid }, { iss: issuer, aud: api, exp: 4102444800, scope: 'agreements', ...asked.claims }, asked.claims.nonce ? 'JWT' : 'at+jwt') }; break;
    case '/test/back-channel': {
      const client = await provider.Client.find('web');
      client.backchannelLogoutUri = asked.address;
      await client.backchannelLogout(asked.sub, asked.sid);
    }
  }
  response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
}

server.on('request', (request, response) => {
  const answer = request.url.startsWith('/interaction/') ? interact(request, response)
    : request.url.startsWith('/test/') ? test(request, response)
    : provider.callback()(request, response);
  Promise.resolve(answer).catch((error) => { console.error(error); response.statusCode = 500; response.end(`${error}`); });
});
begin();
console.log(`Listening at ${issuer}`);
