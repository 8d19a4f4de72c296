//! `Notate` for plain values, and the two macros that give it to records and words.

use super::name::{Ident, Relation};
use super::notation::{Node, Notate, NotationError};

pub(crate) fn fail<T>(expected: &str, node: &Node) -> Result<T, NotationError> {
    Err(NotationError(format!("{expected} expected, found `{}`", node.compact())))
}

/// A struct as `(name (field value) ..)`; absent values are left out; an unknown field is an error.
macro_rules! record {
    ($type:ident $head:literal { $($field:ident),* $(,)? }) => {
        impl $crate::model::notation::Notate for $type {
            fn note(&self) -> $crate::model::notation::Node {
                use $crate::model::notation::{Node, Notate};
                let mut fields: Vec<Node> = Vec::new();
                $(if !Notate::is_absent(&self.$field) {
                    fields.push(Node::list(stringify!($field), [Notate::note(&self.$field)]));
                })*
                Node::list($head, fields)
            }
            fn read(node: &$crate::model::notation::Node) -> Result<Self, $crate::model::notation::NotationError> {
                use $crate::model::notation::{Notate, NotationError};
                let Some(($head, fields)) = node.head() else {
                    return $crate::model::notate::fail(concat!("(", $head, " ..)"), node);
                };
                $(let mut $field = None;)*
                for field in fields {
                    match field.head() {
                        $(Some((stringify!($field), [value])) if $field.is_none() => $field = Some(Notate::read(value)?),)*
                        _ => return $crate::model::notate::fail(concat!("a field of ", $head), field),
                    }
                }
                Ok($type { $($field: match $field.or_else(Notate::absent) {
                    Some(value) => value,
                    None => return Err(NotationError(concat!($head, " without ", stringify!($field)).to_owned())),
                }),* })
            }
        }
    };
}

/// An enum without fields, each variant a word.
macro_rules! words {
    ($type:ident { $($variant:ident = $word:literal),* $(,)? }) => {
        impl $type {
            /// Every value, in declaration order.
            pub const ALL: &'static [$type] = &[$($type::$variant),*];

            /// The word that stands for it.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $($type::$variant => $word),* }
            }

            /// The value that a word stands for.
            #[must_use]
            pub fn from_word(word: &str) -> Option<$type> {
                match word { $($word => Some($type::$variant),)* _ => None }
            }
        }
        impl $crate::model::notation::Notate for $type {
            fn note(&self) -> $crate::model::notation::Node {
                $crate::model::notation::Node::Word(self.word().to_owned())
            }
            fn read(node: &$crate::model::notation::Node) -> Result<Self, $crate::model::notation::NotationError> {
                if let $crate::model::notation::Node::Word(word) = node
                    && let Some(value) = $type::from_word(word)
                {
                    return Ok(value);
                }
                $crate::model::notate::fail(stringify!($type), node)
            }
        }
    };
}

pub(crate) use {record, words};

impl Notate for String {
    fn note(&self) -> Node {
        Node::Word(self.clone())
    }
    fn read(node: &Node) -> Result<Self, NotationError> {
        match node {
            Node::Word(word) => Ok(word.clone()),
            Node::List(_) => fail("a word", node),
        }
    }
}

impl Notate for Ident {
    fn note(&self) -> Node {
        Node::Word(self.as_str().to_owned())
    }
    fn read(node: &Node) -> Result<Self, NotationError> {
        Ident::new(String::read(node)?).map_err(|e| NotationError(e.to_string()))
    }
}

impl Notate for Relation {
    fn note(&self) -> Node {
        Node::List(vec![self.schema.note(), self.name.note()])
    }
    fn read(node: &Node) -> Result<Self, NotationError> {
        match node {
            Node::List(parts) => match parts.as_slice() {
                [schema, name] => Ok(Relation { schema: Ident::read(schema)?, name: Ident::read(name)? }),
                _ => fail("(schema name)", node),
            },
            Node::Word(_) => fail("(schema name)", node),
        }
    }
}

impl Notate for bool {
    fn note(&self) -> Node {
        Node::Word(if *self { "yes" } else { "no" }.to_owned())
    }
    fn read(node: &Node) -> Result<Self, NotationError> {
        match node {
            Node::Word(word) if word == "yes" => Ok(true),
            Node::Word(word) if word == "no" => Ok(false),
            _ => fail("yes or no", node),
        }
    }
    fn is_absent(&self) -> bool {
        !self
    }
    fn absent() -> Option<Self> {
        Some(false)
    }
}

macro_rules! number {
    ($($type:ty),*) => {$(
        impl Notate for $type {
            fn note(&self) -> Node {
                Node::Word(self.to_string())
            }
            fn read(node: &Node) -> Result<Self, NotationError> {
                String::read(node)?.parse().or_else(|_| fail("a number", node))
            }
        }
    )*};
}

number!(u32, i32);

impl<T: Notate> Notate for Option<T> {
    fn note(&self) -> Node {
        self.as_ref().map_or_else(|| Node::List(Vec::new()), Notate::note)
    }
    fn read(node: &Node) -> Result<Self, NotationError> {
        match node {
            Node::List(items) if items.is_empty() => Ok(None),
            _ => T::read(node).map(Some),
        }
    }
    fn is_absent(&self) -> bool {
        self.is_none()
    }
    fn absent() -> Option<Self> {
        Some(None)
    }
}

impl<T: Notate> Notate for Vec<T> {
    fn note(&self) -> Node {
        Node::List(self.iter().map(Notate::note).collect())
    }
    fn read(node: &Node) -> Result<Self, NotationError> {
        match node {
            Node::List(items) => items.iter().map(T::read).collect(),
            Node::Word(_) => fail("a list", node),
        }
    }
    fn is_absent(&self) -> bool {
        self.is_empty()
    }
    fn absent() -> Option<Self> {
        Some(Vec::new())
    }
}

impl<T: Notate> Notate for Box<T> {
    fn note(&self) -> Node {
        self.as_ref().note()
    }
    fn read(node: &Node) -> Result<Self, NotationError> {
        T::read(node).map(Box::new)
    }
}
