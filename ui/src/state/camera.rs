//! Reading QR images with the camera, where the platform has both a camera for pages and a reader of QR
//! images (`getUserMedia`, `BarcodeDetector`). Pictures stay in the page: none is kept or sent.

use js_sys::{Array, Object, Promise, Reflect};
use leptos::prelude::window;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = BarcodeDetector)]
    type Detector;
    #[wasm_bindgen(constructor, js_class = "BarcodeDetector", catch)]
    fn new(options: &JsValue) -> Result<Detector, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn detect(this: &Detector, source: &JsValue) -> Result<Promise, JsValue>;

    type Devices;
    #[wasm_bindgen(method, js_name = getUserMedia, catch)]
    fn get_user_media(this: &Devices, wanted: &JsValue) -> Result<Promise, JsValue>;

    type Stream;
    #[wasm_bindgen(method, js_name = getTracks)]
    fn tracks(this: &Stream) -> Array;
    type Track;
    #[wasm_bindgen(method)]
    fn stop(this: &Track);

    type Video;
    #[wasm_bindgen(method, setter, js_name = srcObject)]
    fn set_source(this: &Video, stream: &JsValue);
    #[wasm_bindgen(method, catch)]
    fn play(this: &Video) -> Result<Promise, JsValue>;
}

fn get(of: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(of, &name.into()).ok().filter(JsValue::is_object)
}

fn devices() -> Option<Devices> {
    get(&window().navigator(), "mediaDevices").map(JsCast::unchecked_into)
}

/// Whether this platform can read a QR image.
pub fn can_scan() -> bool {
    let reader = Reflect::get(&window(), &"BarcodeDetector".into());
    reader.is_ok_and(|it| it.is_function()) && devices().is_some()
}

/// An open camera; the light goes out when it is dropped.
pub struct Camera {
    stream: Stream,
    video: Video,
    detector: Detector,
}

impl Camera {
    /// Opens the camera that looks away from the user, and shows it in a `<video>` element. None where it
    /// was refused, or there is none.
    pub async fn open(video: JsValue) -> Option<Self> {
        let set = |object: &Object, name: &str, value: &JsValue| {
            Reflect::set(object, &name.into(), value).is_ok().then_some(())
        };
        let formats = Object::new();
        set(&formats, "formats", &Array::of1(&"qr_code".into()))?;
        let detector = Detector::new(&formats).ok()?;
        let (facing, wanted) = (Object::new(), Object::new());
        set(&facing, "facingMode", &"environment".into())?;
        set(&wanted, "video", &facing)?;
        let stream = JsFuture::from(devices()?.get_user_media(&wanted).ok()?).await.ok()?;
        let camera = Self { stream: stream.unchecked_into(), video: video.unchecked_into(), detector };
        camera.video.set_source(&camera.stream);
        JsFuture::from(camera.video.play().ok()?).await.ok()?;
        Some(camera)
    }

    /// The text of a QR image in view now.
    pub async fn read(&self) -> Option<String> {
        let found = JsFuture::from(self.detector.detect(&self.video).ok()?).await.ok()?;
        let first = Array::from(&found).get(0);
        Reflect::get(&first, &"rawValue".into()).ok()?.as_string().filter(|it| !it.is_empty())
    }
}

impl Drop for Camera {
    fn drop(&mut self) {
        for track in self.stream.tracks() {
            track.unchecked_into::<Track>().stop();
        }
        self.video.set_source(&JsValue::NULL);
    }
}
