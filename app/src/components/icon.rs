//! The icons, drawn here: 24 × 24, two-pixel strokes in the colour of the text.

use leptos::prelude::*;

/// An icon by what it shows. It is decoration: what it means is said in words beside it, or as the
/// label of the button that holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// A house.
    Home,
    /// Two people.
    People,
    /// One person.
    Person,
    /// A person with a plus.
    PersonAdd,
    /// Sliders.
    Settings,
    /// A shield.
    Shield,
    /// A magnifying glass.
    Search,
    /// A cross.
    Close,
    /// A tick.
    Check,
    /// A small angle to the right.
    Next,
    /// A plus.
    Add,
    /// A pencil.
    Edit,
    /// A bin.
    Delete,
    /// A telephone receiver.
    Phone,
    /// An envelope.
    Mail,
    /// Two sheets.
    Copy,
    /// An arrow out of a tray.
    Share,
    /// An arrow down into a tray.
    Download,
    /// An arrow up out of a tray.
    Upload,
    /// A star.
    Star,
    /// A filled star.
    StarFilled,
    /// A clock.
    Clock,
    /// Two lines becoming one.
    Merge,
    /// A triangle with an exclamation mark.
    Warning,
    /// A crossed cloud.
    Offline,
    /// A door with an arrow out.
    SignOut,
    /// A telephone as a device.
    Device,
    /// A paper plane.
    Telegram,
    /// A chain.
    Link,
    /// Two boxes of a rack.
    Server,
    /// A bell.
    Bell,
    /// A crossed bell.
    BellOff,
    /// An arrow in a circle.
    Refresh,
    /// A screen on its foot.
    Screen,
    /// Two bars.
    Pause,
    /// A triangle to the right.
    Play,
    /// A list with a tick.
    Select,
    /// A ticket with its notch.
    Ticket,
    /// A bubble of a talk.
    Comment,
    /// An arrow back.
    Reply,
    /// A closed lock.
    Lock,
    /// A clip.
    Clip,
    /// Three dots.
    More,
    /// An eye.
    Eye,
    /// Three bars of a chart.
    Chart,
    /// A camera.
    Camera,
}

impl Icon {
    /// The strokes.
    const fn path(self) -> &'static str {
        match self {
            Self::Home => "M4 10.5 12 4l8 6.5V19a1 1 0 0 1-1 1h-4.5v-5.5h-5V20H5a1 1 0 0 1-1-1z",
            Self::People => {
                "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7M2.5 20c0-3.6 2.9-6 6.5-6s6.5 2.4 6.5 6M16 4.4a3.4 3.4 0 0 1 0 6.3M18 14.6c2.1.8 3.5 2.7 3.5 5.4"
            }
            Self::Person => "M12 11.500a4 4 0 1 0 0-8 4 4 0 0 0 0 8M4.5 20.500c0-3.9 3.3-6.5 7.5-6.500s7.5 2.6 7.5 6.5",
            Self::PersonAdd => {
                "M10 11.500a4 4 0 1 0 0-8 4 4 0 0 0 0 8M2.5 20.500c0-3.9 3.3-6.5 7.5-6.5 1.5 0 2.9.3 4.1.9M18.5 15v6M15.5 18h6"
            }
            Self::Settings => {
                "M4 7h9M17 7h3M4 17h3M11 17h9M15 9.500a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5M9 19.500a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5"
            }
            Self::Shield => "M12 3.5 19 6v5.500c0 4.3-2.9 7.4-7 9-4.1-1.6-7-4.7-7-9V6z",
            Self::Search => "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13M15.5 15.5 20 20",
            Self::Close => "M6 6l12 12M18 6 6 18",
            Self::Check => "M5 12.5 10 17.5 19.5 7",
            Self::Next => "M9.5 6l6 6-6 6",
            Self::Add => "M12 5v14M5 12h14",
            Self::Edit => "M4.5 19.500l.8-3.900L15.8 5.100a2 2 0 0 1 2.8 0l.3.3a2 2 0 0 1 0 2.800L8.4 18.700zM14 7l3 3",
            Self::Delete => {
                "M4.5 7h15M9.5 7V5a1 1 0 0 1 1-1h3a1 1 0 0 1 1 1v2M6.5 7l.8 12a1 1 0 0 0 1 1h7.400a1 1 0 0 0 1-1l.8-12M10 11v5M14 11v5"
            }
            Self::Phone => {
                "M8.8 4.500H5.500a1 1 0 0 0-1 1.100C5 13.3 10.7 19 18.4 19.500a1 1 0 0 0 1.1-1v-3.300l-4.2-1.7-2 2.100c-2.2-1-3.9-2.7-4.9-4.900l2.1-2z"
            }
            Self::Mail => {
                "M4.5 5.500h15a1 1 0 0 1 1 1v11a1 1 0 0 1-1 1h-15a1 1 0 0 1-1-1v-11a1 1 0 0 1 1-1M4 7l8 6 8-6"
            }
            Self::Copy => {
                "M9 8.500h9.500a1 1 0 0 1 1 1V19a1 1 0 0 1-1 1H9a1 1 0 0 1-1-1V9.500a1 1 0 0 1 1-1M5.5 15.500h-.500a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1h9.500a1 1 0 0 1 1 1v.5"
            }
            Self::Share => {
                "M12 14.500V4M8 7.5 12 3.500l4 4M6.5 11H5.500a1 1 0 0 0-1 1v7a1 1 0 0 0 1 1h13a1 1 0 0 0 1-1v-7a1 1 0 0 0-1-1h-1"
            }
            Self::Download => "M12 4v11M7.5 11 12 15.5 16.5 11M4.5 17.500V19a1 1 0 0 0 1 1h13a1 1 0 0 0 1-1v-1.5",
            Self::Upload => "M12 15.500v-11M7.5 8.5 12 4l4.5 4.500M4.5 17.500V19a1 1 0 0 0 1 1h13a1 1 0 0 0 1-1v-1.5",
            Self::Star | Self::StarFilled => {
                "M12 3.800l2.5 5.3 5.8.8-4.2 4.1 1 5.8-5.1-2.8-5.1 2.8 1-5.800L3.7 9.900l5.8-.8z"
            }
            Self::Clock => "M12 20.500a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17M12 7.500V12l3 2",
            Self::Merge => "M4.5 5H8l5 7h7M4.5 19H8l5-7M16.5 8.5 20 12l-3.5 3.5",
            Self::Warning => "M12 4 2.8 19.500h18.400zM12 10v4.500M12 17v.2",
            Self::Offline => {
                "M4 4l16 16M8.5 8.100A5.5 5.5 0 0 0 7 9.6 4.7 4.7 0 0 0 7 19h10M11.5 7a5.5 5.5 0 0 1 5.9 4.5 3.8 3.8 0 0 1 2.9 5.5"
            }
            Self::SignOut => "M13.5 4.500H6a1 1 0 0 0-1 1v13a1 1 0 0 0 1 1h7.500M10 12h10M16.5 8.5 20 12l-3.5 3.5",
            Self::Device => "M8 3.500h8a1 1 0 0 1 1 1v15a1 1 0 0 1-1 1H8a1 1 0 0 1-1-1v-15a1 1 0 0 1 1-1M11 17.500h2",
            Self::Telegram => "M20.5 4.5 3.5 11.300l5.5 2L11.5 20l3-4 4 2.900zM9 13.300l8-6.3-5.5 7.5",
            Self::Server => {
                "M5 4.500h14a1 1 0 0 1 1 1v4a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1v-4a1 1 0 0 1 1-1M5 13.500h14a1 1 0 0 1 1 1v4a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1v-4a1 1 0 0 1 1-1M7.500 7.500h.2M7.500 16.500h.2"
            }
            Self::Bell => "M6 16.500V11a6 6 0 0 1 12 0v5.500l1.5 1.500h-15zM10 20.500h4",
            Self::BellOff => {
                "M6 16.500V11c0-1 .2-1.900.6-2.700M9.500 5.600A6 6 0 0 1 18 11v4M4.500 18H16M10 20.500h4M4 4l16 16"
            }
            Self::Refresh => "M19.500 12a7.500 7.500 0 1 1-2.200-5.300L19.500 9M19.500 4.500V9H15",
            Self::Screen => {
                "M4.500 5h15a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1h-15a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1M9 20h6M12 16v4"
            }
            Self::Pause => "M8.500 5.500v13M15.500 5.500v13",
            Self::Play => "M8 5.500v13l10.500-6.500z",
            Self::Select => "M11 7h9M11 17h9M4 7l1.500 1.500L8.500 5.500M4 17l1.500 1.500 3-3",
            Self::Ticket => {
                "M4 7.500a1 1 0 0 1 1-1h14a1 1 0 0 1 1 1V10a2 2 0 0 0 0 4v2.500a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V14a2 2 0 0 0 0-4zM14.500 6.500v2M14.500 11v2M14.500 15.500v2"
            }
            Self::Comment => {
                "M5 5h14a1 1 0 0 1 1 1v9.500a1 1 0 0 1-1 1h-7L7.500 20v-3.500H5a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1"
            }
            Self::Reply => "M10 7.500V4L3.500 10.500 10 17v-3.500c5 0 8 1.500 10.500 5 0-6-3.500-10.500-10.500-11",
            Self::Lock => {
                "M6.500 10.500h11a1 1 0 0 1 1 1V19a1 1 0 0 1-1 1h-11a1 1 0 0 1-1-1v-7.500a1 1 0 0 1 1-1M8.500 10.500V8a3.500 3.500 0 0 1 7 0v2.500"
            }
            Self::Clip => {
                "M19 11.500l-7 7a4.500 4.500 0 0 1-6.500-6.300l7.500-7.500a3 3 0 0 1 4.300 4.200l-7.300 7.300a1.500 1.500 0 0 1-2.100-2.100L14.500 7.500"
            }
            Self::More => {
                "M5 12a.7.7 0 1 0 1.400 0 .7.7 0 0 0-1.400 0M11.300 12a.7.7 0 1 0 1.400 0 .7.7 0 0 0-1.400 0M17.600 12a.7.7 0 1 0 1.400 0 .7.7 0 0 0-1.400 0"
            }
            Self::Eye => {
                "M2.500 12S6 5.500 12 5.500 21.500 12 21.500 12 18 18.500 12 18.500 2.500 12 2.500 12M12 14.800a2.800 2.800 0 1 0 0-5.600 2.800 2.800 0 0 0 0 5.600"
            }
            Self::Chart => "M4 20h16M7 16.500v-5M12 16.500V5M17 16.500V9",
            Self::Camera => {
                "M4.500 7.500h3l1.500-2.500h6l1.500 2.500h3a1 1 0 0 1 1 1V18a1 1 0 0 1-1 1h-15a1 1 0 0 1-1-1V8.500a1 1 0 0 1 1-1M12 16.300a3.300 3.300 0 1 0 0-6.600 3.300 3.300 0 0 0 0 6.600"
            }
            Self::Link => {
                "M10 14a4 4 0 0 0 5.7 0l3.1-3.100a4 4 0 0 0-5.7-5.700L12 6.300M14 10a4 4 0 0 0-5.7 0l-3.1 3.100a4 4 0 0 0 5.7 5.700l1.1-1.1"
            }
        }
    }

    /// Draws it in the size of the text around it (1.4 em).
    #[must_use]
    pub fn view(self) -> AnyView {
        let fill = if self == Self::StarFilled { "currentColor" } else { "none" };
        view! {
            <svg class="icon" viewBox="0 0 24 24" fill=fill aria-hidden="true" focusable="false">
                <path d=self.path() />
            </svg>
        }
        .into_any()
    }
}

/// An icon in white on a coloured tile, as at the head of a settings row.
#[component]
pub fn IconTile(
    /// What it shows.
    icon: Icon,
    /// One of seven colours, 0 to 6: red, orange, violet, green, cyan, blue, pink.
    #[prop(optional)]
    colour: u8,
) -> impl IntoView {
    view! { <span class=["tile tile--", &colour.to_string()].concat()>{icon.view()}</span> }
}
