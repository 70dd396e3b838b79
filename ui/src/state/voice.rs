//! Reading aloud with the platform's voice (Web Speech API), where there is one for the language. The
//! text is a notice, the same for everybody; only voices that work on the device itself are used.

use leptos::prelude::window;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = SpeechSynthesisUtterance)]
    type Utterance;
    #[wasm_bindgen(constructor, js_class = "SpeechSynthesisUtterance", catch)]
    fn new(text: &str) -> Result<Utterance, JsValue>;
    #[wasm_bindgen(method, setter)]
    fn set_lang(this: &Utterance, lang: &str);
    #[wasm_bindgen(method, setter)]
    fn set_voice(this: &Utterance, voice: &JsValue);

    type Synthesis;
    #[wasm_bindgen(method, js_name = getVoices, catch)]
    fn get_voices(this: &Synthesis) -> Result<js_sys::Array, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn speak(this: &Synthesis, what: &Utterance) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch)]
    fn cancel(this: &Synthesis) -> Result<(), JsValue>;
}

fn synthesis() -> Option<Synthesis> {
    let found = js_sys::Reflect::get(&window(), &JsValue::from_str("speechSynthesis")).ok()?;
    found.is_object().then(|| found.unchecked_into())
}

/// A voice of the device itself for a language: nothing is sent to be spoken elsewhere.
fn voice(synthesis: &Synthesis, language: &str) -> Option<JsValue> {
    let get = |voice: &JsValue, key: &str| js_sys::Reflect::get(voice, &JsValue::from_str(key)).ok();
    synthesis.get_voices().ok()?.iter().find(|voice| {
        let speaks = get(voice, "lang").and_then(|it| it.as_string());
        let here = get(voice, "localService").and_then(|it| it.as_bool());
        here == Some(true) && speaks.is_some_and(|it| it.to_lowercase().starts_with(language))
    })
}

/// Whether a text of this language can be read aloud here.
pub fn has_voice(language: &str) -> bool {
    synthesis().is_some_and(|it| voice(&it, language).is_some())
}

/// Reads a text aloud, after falling silent.
pub fn read_aloud(language: &str, text: &str) {
    let Some(synthesis) = synthesis() else { return };
    let (Some(voice), Ok(words)) = (voice(&synthesis, language), Utterance::new(text)) else { return };
    words.set_lang(language);
    words.set_voice(&voice);
    // A platform that cannot speak now stays silent; the text is on the screen.
    let _ = synthesis.cancel();
    let _ = synthesis.speak(&words);
}

/// Falls silent.
pub fn fall_silent() {
    if let Some(synthesis) = synthesis() {
        let _ = synthesis.cancel();
    }
}
