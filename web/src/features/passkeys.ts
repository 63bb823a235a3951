/** What the browser does with passkeys: makes one, and signs with one. Questions and answers are JSON, as the server speaks. */

/** Left by the person, or turned down by the device: nothing that the server said. */
export class PasskeyDeclined extends Error {
  override name = "PasskeyDeclined";
}

interface Asked<Options> {
  readonly publicKey: Options;
}

/** Browsers have passkeys on pages that came over https, or from this very computer. */
export function hasPasskeys(): boolean {
  return typeof PublicKeyCredential !== "undefined" && "parseCreationOptionsFromJSON" in PublicKeyCredential;
}

export async function makePasskey(question: string): Promise<string> {
  const { publicKey } = JSON.parse(question) as Asked<PublicKeyCredentialCreationOptionsJSON>;
  const options = PublicKeyCredential.parseCreationOptionsFromJSON(publicKey);
  return answered(navigator.credentials.create({ publicKey: options }));
}

export async function signWithPasskey(question: string): Promise<string> {
  const { publicKey } = JSON.parse(question) as Asked<PublicKeyCredentialRequestOptionsJSON>;
  const options = PublicKeyCredential.parseRequestOptionsFromJSON(publicKey);
  return answered(navigator.credentials.get({ publicKey: options }));
}

async function answered(asked: Promise<Credential | null>): Promise<string> {
  const credential = await asked.catch((cause: unknown) => {
    throw new PasskeyDeclined("no passkey", { cause });
  });
  if (credential instanceof PublicKeyCredential) return JSON.stringify(credential.toJSON());
  throw new PasskeyDeclined("no passkey");
}
