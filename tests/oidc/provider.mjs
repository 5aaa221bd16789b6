// A real OpenID provider (npm oidc-provider) over TLS, for the tests of signing in from outside. It signs in whom it is
// told to without asking, and can be told to give a token that is wrong in one way.
import { createServer } from "node:https";
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from "jose";
import { Provider } from "oidc-provider";

const given = JSON.parse(process.env.PROVIDER);
const issuer = `https://localhost:${given.port}`;

async function newKey(kid) {
  const { privateKey } = await generateKeyPair("RS256", { extractable: true });
  return { ...(await exportJWK(privateKey)), kid, use: "sig", alg: "RS256" };
}
const own = await newKey("first");
const next = await newKey("second");
const strange = await newKey("nobodys");

// What the tests change: who signs in, how strongly, what is told of them, and what is wrong with the token.
let play = {};

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: "savnet",
      redirect_uris: given.redirects,
      post_logout_redirect_uris: given.afterwards,
      response_types: ["code"],
      grant_types: ["authorization_code"],
      token_endpoint_auth_method: "private_key_jwt",
      token_endpoint_auth_signing_alg: "RS256",
      jwks: { keys: [given.client_key] },
    },
  ],
  jwks: { keys: [own] },
  acrValues: ["low", "substantial", "high"],
  claims: { openid: ["sub", "pid", "authorization_details"], profile: ["name"] },
  conformIdTokenClaims: false,
  pkce: { required: () => true },
  features: {
    devInteractions: { enabled: false },
    rpInitiatedLogout: { enabled: true },
    pushedAuthorizationRequests: { enabled: true },
  },
  cookies: { keys: ["only for tests"] },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...play.claims }) }),
  ttl: { Session: 3600, Interaction: 600, Grant: 3600, IdToken: 300, AccessToken: 300, AuthorizationCode: 60 },
});

async function forged(token) {
  const claims = { ...JSON.parse(Buffer.from(token.split(".")[1], "base64url")), ...play.forge };
  for (const name of play.without ?? []) delete claims[name];
  if (play.sign === "none") return new UnsecuredJWT(claims).encode();
  if (play.sign === "hmac") {
    const secret = new TextEncoder().encode(play.secret);
    return new SignJWT(claims).setProtectedHeader({ alg: "HS256", kid: "first" }).sign(secret);
  }
  const key = { own, next, strange, posing: { ...strange, kid: "first" } }[play.sign ?? "own"];
  return new SignJWT(claims).setProtectedHeader({ alg: "RS256", kid: key.kid }).sign(key);
}

const open = ({ kty, n, e, kid, use, alg }) => ({ kty, n, e, kid, use, alg });

provider.use(async (ctx, following) => {
  if (ctx.path === "/play") {
    play = JSON.parse(decodeURIComponent(ctx.querystring));
    ctx.body = "ok";
  } else if (ctx.path.startsWith("/interaction/")) {
    const details = await provider.interactionDetails(ctx.req, ctx.res);
    const grant = new provider.Grant({ accountId: play.account, clientId: details.params.client_id });
    grant.addOIDCScope(details.params.scope);
    await provider.interactionFinished(ctx.req, ctx.res, {
      login: { accountId: play.account, acr: play.acr, remember: false },
      consent: { grantId: await grant.save() },
    });
    ctx.respond = false;
  } else {
    if (ctx.path === "/request" && play.answers_questions) {
      [ctx.status, ctx.body] = play.answers_questions;
      return;
    }
    await following();
    if (ctx.path.endsWith("/openid-configuration") && play.no_pushing) {
      const { pushed_authorization_request_endpoint, require_pushed_authorization_requests, ...rest } = ctx.body;
      ctx.body = rest;
    }
    if (ctx.path === "/jwks" && play.rotated) ctx.body = { keys: [open(own), open(next)] };
    if (ctx.path === "/token" && ctx.status === 200 && (play.forge || play.sign || play.without)) {
      ctx.body = { ...ctx.body, id_token: await forged(ctx.body.id_token) };
    }
  }
});

createServer({ key: given.key, cert: given.certificate }, provider.callback()).listen(given.port, "127.0.0.1", () =>
  console.log("ready"),
);
