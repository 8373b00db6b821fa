// Asks the browser for a passkey and sends its answer with the form. The options lie in the page
// as data; what goes over the wire is the JSON form of WebAuthn level 3.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

const descriptors = (list) => (list || []).map((each) => ({ ...each, id: bytes(each.id) }));

function request(options) {
  const key = { ...options, challenge: bytes(options.challenge) };
  if (options.user) key.user = { ...options.user, id: bytes(options.user.id) };
  if (options.excludeCredentials) key.excludeCredentials = descriptors(options.excludeCredentials);
  if (options.allowCredentials) key.allowCredentials = descriptors(options.allowCredentials);
  return key;
}

function answer(credential) {
  const from = credential.response;
  const response = { clientDataJSON: text(from.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (from[name]) response[name] = text(from[name]);
  }
  if (from.getTransports) response.transports = from.getTransports();
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    clientExtensionResults: credential.getClientExtensionResults(),
    authenticatorAttachment: credential.authenticatorAttachment,
    response,
  };
}

async function ask(form) {
  const options = JSON.parse(document.getElementById("passkey-options").textContent);
  const publicKey = request(options.publicKey);
  const credential =
    form.dataset.passkey === "create"
      ? await navigator.credentials.create({ publicKey })
      : await navigator.credentials.get({ publicKey });
  form.elements.credential.value = JSON.stringify(answer(credential));
  form.submit();
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const said = form.querySelector("[data-passkey-said]");
  const button = form.querySelector("button[type=submit]");
  if (!window.PublicKeyCredential) {
    said.textContent = "This browser cannot use passkeys. Use an up-to-date browser.";
    button.disabled = true;
    continue;
  }
  button.disabled = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    said.textContent = "Follow what your device asks.";
    ask(form).catch(() => {
      said.textContent = "Nothing was sent. Press the button to try again.";
    });
  });
}
